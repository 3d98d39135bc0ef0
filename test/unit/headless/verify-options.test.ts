import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listsFolder } from '../../../electron/headless/lists-folder.ts';
import { parseVerifyOptions } from '../../../electron/headless/verify-options.ts';
import { storeDir } from '../../../electron/headless/store-dir.ts';
import { UserError } from '../../../shared/errors.ts';

describe('parseVerifyOptions', () => {
  it('resolves paths and implies --wait with --practice', () => {
    const options = parseVerifyOptions(['list.csv', '--practice', '--out', 'clean.csv', '--keep', 'deliverable,Risky']);
    expect(options).toMatchObject({ listPath: resolve('list.csv'), out: resolve('clean.csv'), keep: ['deliverable', 'risky'], wait: true });
    expect(parseVerifyOptions(['list.csv']).wait).toBe(false);
  });

  it('takes a lab: DNS server, port and loopback', () => {
    const options = parseVerifyOptions(['l.csv', '--dns', '127.0.0.1:5300', '--port', '2525', '--allow-loopback']);
    expect(options).toMatchObject({ dns: { host: '127.0.0.1', port: 5300 }, port: 2525, allowLoopback: true });
  });

  it('says the verdicts in the words, and takes for duplicates, what was asked for', () => {
    expect(parseVerifyOptions(['l.csv'])).toMatchObject({ words: 'winnow', duplicatesBy: 'address' });
    expect(parseVerifyOptions(['l.csv', '--words', 'ZeroBounce', '--duplicates', 'mailbox'])).toMatchObject({ words: 'zerobounce', duplicatesBy: 'mailbox' });
    expect(() => parseVerifyOptions(['l.csv', '--words', 'hunter'])).toThrow(/"hunter".*winnow, reacher, zerobounce, neverbounce, kickbox/);
    expect(() => parseVerifyOptions(['l.csv', '--duplicates', 'name'])).toThrow(/"name".*address, mailbox/);
  });

  it('takes a port for metrics, 0 for any', () => {
    expect(parseVerifyOptions(['l.csv']).metrics).toBeUndefined();
    expect(parseVerifyOptions(['l.csv', '--metrics', '9464']).metrics).toBe(9464);
    expect(parseVerifyOptions(['l.csv', '--metrics', '0']).metrics).toBe(0);
  });

  const wrong: readonly (readonly [string, string[]])[] = [
    ['no list', []],
    ['a list without a name', ['a.csv', '']],
    ['an unknown option', ['a.csv', '--fast']],
    ['an unknown status', ['a.csv', '--keep', 'good']],
    ['an empty keep', ['a.csv', '--keep', '']],
    ['a port that is none', ['a.csv', '--port', '70000']],
    ['a port for metrics that is none', ['a.csv', '--metrics', 'yes']],
    ['a DNS server that is none', ['a.csv', '--dns', 'what:ever:5']],
    ['practice with a lab', ['a.csv', '--practice', '--allow-loopback']],
    ['an option without its value', ['a.csv', '--out']],
    ['words of a tool that it does not know', ['a.csv', '--words', '']],
    ['a folder of lists without a name', ['a.csv', '--lists', '']],
  ];
  for (const [what, args] of wrong) {
    it(`refuses ${what}`, () => {
      expect(() => parseVerifyOptions(args)).toThrow(UserError);
    });
  }
});

describe('listsFolder', () => {
  it('is the one that was named, and must be there then', () => {
    expect(listsFolder('mine', undefined)).toEqual({ path: resolve('mine'), required: true });
    expect(listsFolder('mine', 'store')).toEqual({ path: resolve('mine'), required: true });
  });

  it('else lies beside the app’s store, or in the store that was named', () => {
    expect(listsFolder(undefined, undefined)).toEqual({ path: join(dirname(storeDir(undefined)), 'lists'), required: false });
    expect(listsFolder(undefined, 'store')).toEqual({ path: resolve('store', 'address-lists'), required: false });
  });
});

describe('storeDir', () => {
  it('is where the app keeps its data, on each platform', () => {
    expect(storeDir(undefined, { XDG_CONFIG_HOME: '/c' }, 'linux')).toBe('/c/Winnow/store');
    expect(storeDir(undefined, {}, 'darwin')).toMatch(/Library\/Application Support\/Winnow\/store$/);
    expect(storeDir('mine', {}, 'linux')).toBe(resolve('mine'));
  });
});
