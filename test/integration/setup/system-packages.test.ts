// What the set-up does about missing system packages, with a dpkg and an apt that only write down what they are asked.
// Debian's real ones are not touched: no test may install anything.
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureSystemPackages } from '../../../build/setup/system-packages.ts';

const realPath = process.env['PATH'];
const realUserId = process.getuid;
let bin = '';

function fake(name: string, script: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, name), 0o755);
}

const asked = () => (existsSync(join(bin, 'asked')) ? readFileSync(join(bin, 'asked'), 'utf8').trim().split('\n') : []);
const all = { electron: true, display: true, mailServer: true };
const silent = () => undefined;

beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), 'winnow-apt-'));
  process.env['PATH'] = `${bin}${delimiter}${realPath ?? ''}`;
  process.getuid = () => 0;
  // As dpkg-query does for names it does not know, it also fails; xvfb was removed and left its configuration.
  fake('dpkg-query', 'printf "libgtk-3-0t64 installed\\nlibnss3 installed\\nxvfb config-files\\n"; exit 1');
  fake('apt-get', `echo "apt-get $*" >> ${bin}/asked`);
  fake('debconf-set-selections', `echo "debconf $(cat)" >> ${bin}/asked`);
  fake('apt-cache', 'if [ "$2" = libasound2 ]; then echo "  Candidate: (none)"; else echo "  Candidate: 1.0"; fi');
});

afterEach(() => {
  process.env['PATH'] = realPath;
  process.getuid = realUserId!;
  rmSync(bin, { recursive: true });
});

describe('ensureSystemPackages', () => {
  it('installs as root what is missing, under the name this system has, and removes nothing for it', async () => {
    expect(await ensureSystemPackages(all, silent)).toBe('installed libasound2 libgbm1 xvfb postfix');
    expect(asked()).toEqual([
      'apt-get update',
      'debconf postfix postfix/main_mailer_type select No configuration',
      'apt-get install -y --no-install-recommends --no-remove libasound2t64 libgbm1 xvfb postfix',
    ]);
  });

  it('says as another user what to run, and runs nothing', async () => {
    process.getuid = () => 1000;
    await expect(ensureSystemPackages(all, silent)).rejects.toMatchObject({
      message: expect.stringContaining('libasound2 libgbm1 xvfb postfix') as string,
      remedy: expect.stringMatching(/^sudo apt-get update && sudo .*apt-get install .* libasound2 libgbm1 xvfb postfix$/) as string,
    });
    expect(asked()).toEqual([]);
  });

  it('asks only for what a command needs', async () => {
    await ensureSystemPackages({ electron: true }, silent);
    expect(asked().at(-1)).toBe('apt-get install -y --no-install-recommends --no-remove libasound2t64 libgbm1');
  });

  it('does nothing when everything is there', async () => {
    fake('dpkg-query', 'shift 3; for name; do echo "$name installed"; done');
    expect(await ensureSystemPackages(all, silent)).toBe('in place');
    expect(asked()).toEqual([]);
  });

  it('names what apt could not do', async () => {
    fake('apt-get', 'echo "E: no space left"; exit 100');
    await expect(ensureSystemPackages(all, silent)).rejects.toMatchObject({
      message: expect.stringContaining('ended with code 100') as string,
      details: expect.stringContaining('E: no space left') as string,
    });
  });

  it('leaves systems without dpkg to their owners', async () => {
    process.env['PATH'] = bin;
    rmSync(join(bin, 'dpkg-query'));
    expect(await ensureSystemPackages({ display: true }, silent)).toBe('not checked (no dpkg here): xvfb');
  });
});
