import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
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

  const wrong: readonly (readonly [string, string[]])[] = [
    ['no list', []],
    ['two lists', ['a.csv', 'b.csv']],
    ['an unknown option', ['a.csv', '--fast']],
    ['an unknown status', ['a.csv', '--keep', 'good']],
    ['an empty keep', ['a.csv', '--keep', '']],
    ['a port that is none', ['a.csv', '--port', '70000']],
    ['a DNS server that is none', ['a.csv', '--dns', 'what:ever:5']],
    ['practice with a lab', ['a.csv', '--practice', '--allow-loopback']],
    ['an option without its value', ['a.csv', '--out']],
  ];
  for (const [what, args] of wrong) {
    it(`refuses ${what}`, () => {
      expect(() => parseVerifyOptions(args)).toThrow(UserError);
    });
  }
});

describe('storeDir', () => {
  it('is where the app keeps its data, on each platform', () => {
    expect(storeDir(undefined, { XDG_CONFIG_HOME: '/c' }, 'linux')).toBe('/c/Winnow/store');
    expect(storeDir(undefined, {}, 'darwin')).toMatch(/Library\/Application Support\/Winnow\/store$/);
    expect(storeDir('mine', {}, 'linux')).toBe(resolve('mine'));
  });
});
