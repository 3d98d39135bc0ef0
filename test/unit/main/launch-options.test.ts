import { describe, expect, it } from 'vitest';
import { asLaunch, readLaunch } from '../../../electron/main/launch-options.ts';
import { UserError } from '../../../shared/errors.ts';

const NO_LAB = { dns: undefined, port: undefined, allowLoopback: false };

describe('the command line', () => {
  it('names lists, which are found from where it was given', () => {
    const { paths } = readLaunch({ args: ['list.csv', '/abs/other.csv', ''], cwd: '/home/jane' });
    expect(paths).toEqual(['/home/jane/list.csv', '/abs/other.csv']);
  });

  it('asks for practice, and for nothing if nothing is said', () => {
    expect(readLaunch({ args: ['--practice'], cwd: '/' })).toEqual({ paths: [], practice: true, lab: NO_LAB });
    expect(readLaunch({ args: [], cwd: '/' })).toEqual({ paths: [], practice: false, lab: NO_LAB });
  });

  it('is not disturbed by switches of Chromium', () => {
    const args = ['--no-sandbox', '--user-data-dir=/tmp/x', '--remote-debugging-port=0', 'list.csv', '--smoke'];
    expect(readLaunch({ args, cwd: '/' })).toEqual({ paths: ['/list.csv'], practice: false, lab: NO_LAB });
  });

  it('names a lab as `winnow verify` does', () => {
    const { lab } = readLaunch({ args: ['--dns', '127.0.0.1:5353', '--port=2525', '--allow-loopback'], cwd: '/' });
    expect(lab).toEqual({ dns: { host: '127.0.0.1', port: 5353 }, port: 2525, allowLoopback: true });
  });

  it('names the port of metrics', () => {
    expect(readLaunch({ args: ['--metrics', '9464'], cwd: '/' }).metrics).toBe(9464);
    expect(() => readLaunch({ args: ['--metrics=all'], cwd: '/' })).toThrow(/--metrics takes a port/);
  });

  it('does not guess what a broken lab is', () => {
    expect(() => readLaunch({ args: ['--dns=nonsense'], cwd: '/' })).toThrow(UserError);
    for (const port of ['0', '65536', 'x']) expect(() => readLaunch({ args: [`--port=${port}`], cwd: '/' })).toThrow(UserError);
  });
});

describe('what another start says of itself', () => {
  it('is taken as it is, or not at all', () => {
    expect(asLaunch({ args: ['a.csv'], cwd: '/' })).toEqual({ args: ['a.csv'], cwd: '/' });
    for (const data of [null, undefined, 7, {}, { args: 'a.csv', cwd: '/' }, { args: [1], cwd: '/' }]) expect(asLaunch(data)).toBeNull();
  });
});
