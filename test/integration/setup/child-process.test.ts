// Children of the npm scripts: their exit codes are ours, their output arrives, and a signal to us reaches them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { capture, childExit } from '../../../build/setup/child-process.mjs';
import { inProject } from '../../../build/setup/paths.mjs';

const node = process.execPath;

describe('childExit', () => {
  it("answers the child's exit code", async () => {
    expect(await childExit(node, ['-e', 'process.exit(3)'])).toBe(3);
  });

  it('answers 128 and the signal when one ended it', async () => {
    expect(await childExit(node, ['-e', 'process.kill(process.pid, "SIGKILL")'])).toBe(137);
  });

  it('rejects when there is no such program', async () => {
    await expect(childExit('no-such-program-here', [])).rejects.toThrow(/ENOENT/);
  });

  it('with `onOutput` hands over all that the child writes before it answers, and gives way where it is told to', async () => {
    let output = '';
    // It is told to give way when it has been started: it may have begun by then.
    const child = `
      const look = () => {
        if (require('os').getPriority() === 0) return setImmediate(look);
        process.stdout.write('x'.repeat(1e6));
        console.error('niceness ' + require('os').getPriority());
      };
      look();
    `;
    expect(await childExit(node, ['-e', child], { background: true, onOutput: (text: string) => { output += text; } })).toBe(0);
    expect(output.replaceAll('x', '')).toBe('niceness 5\n');
    expect(output.replaceAll(/[^x]/g, '')).toHaveLength(1e6);
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`hands ${signal} on once and waits for what the child makes of it`, async () => {
      const child = `
        let signals = 0;
        process.on('${signal}', () => {
          signals += 1;
          setTimeout(() => { console.log('signals ' + signals); process.exit(7); }, 100);
        });
        setInterval(() => {}, 1000);
        console.log('ready');
      `;
      const wrapper = `
        import { childExit } from ${JSON.stringify(pathToFileURL(inProject('build/setup/child-process.mjs')).href)};
        process.exitCode = await childExit(process.execPath, ['-e', ${JSON.stringify(child)}]);
      `;
      const outer = spawn(node, ['--input-type=module', '-e', wrapper], { stdio: ['ignore', 'pipe', 'ignore'] });
      let output = '';
      outer.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (text.includes('ready')) outer.kill(signal);
      });
      const [code] = (await once(outer, 'close')) as [number | null];
      expect(output).toBe('ready\nsignals 1\n');
      expect(code).toBe(7);
    });
  }
});

describe('capture', () => {
  it('keeps standard output apart and both together', async () => {
    const { code, stdout, output } = await capture(node, ['-e', 'console.log("out"); console.error("err")']);
    expect(code).toBe(0);
    expect(stdout).toBe('out\n');
    expect(output.split('\n').sort()).toEqual(['', 'err', 'out']);
  });

  it('feeds what it is given', async () => {
    const { stdout } = await capture(node, ['-e', 'process.stdin.pipe(process.stdout)'], { input: 'fed' });
    expect(stdout).toBe('fed');
  });

  it('answers 127 for a program that is not there', async () => {
    expect(await capture('no-such-program-here', [])).toMatchObject({ code: 127 });
  });
});
