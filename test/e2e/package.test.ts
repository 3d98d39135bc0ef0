// The package as users get it, made by the same command: what is inside, how it is protected, and that it starts.
// Made from whichever runtime is there; its window is seen through `--smoke`, because its fuses keep drivers out.
// Nothing is asserted of the unpacked bundles: the archive and the executable themselves are read.
import { listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandScript, inProject, projectNode } from '../../build/setup/paths.mjs';
import packageJson from '../../package.json' with { type: 'json' };

const run = promisify(execFile);
const unpacked = inProject('release/linux-unpacked');
const executable = join(unpacked, 'winnow');
const archive = join(unpacked, 'resources/app.asar');
const userDataDir = mkdtempSync(join(tmpdir(), 'winnow-package-'));

beforeAll(async () => {
  rmSync(unpacked, { recursive: true, force: true });
  await run(projectNode, [commandScript, 'package', '--dir']);
}, 240_000);

afterAll(() => {
  rmSync(userDataDir, { recursive: true, force: true });
});

describe('the unpacked package', () => {
  it('has its fuses set', async () => {
    const wire = await getCurrentFuseWire(executable);
    const off = [
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
      FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
      FuseV1Options.GrantFileProtocolExtraPrivileges,
    ];
    const on = [FuseV1Options.EnableCookieEncryption, FuseV1Options.EnableEmbeddedAsarIntegrityValidation, FuseV1Options.OnlyLoadAppFromAsar];
    for (const fuse of off) expect.soft(wire[fuse], FuseV1Options[fuse]).toBe(FuseState.DISABLE);
    for (const fuse of on) expect.soft(wire[fuse], FuseV1Options[fuse]).toBe(FuseState.ENABLE);
  });

  it('holds built output and better-sqlite3, and nothing else', () => {
    const names = listPackage(archive, { isPack: false }).map((name) => name.slice(1).replaceAll('\\', '/'));
    expect(names).toEqual(
      expect.arrayContaining(['package.json', 'main/index.cjs', 'main/sample-practice.csv', 'preload/index.cjs', 'renderer/index.html', 'worker/entry.cjs', 'worker/reader.cjs']),
    );
    const top = new Set(names.map((name) => name.split('/')[0]));
    expect([...top].sort()).toEqual(['main', 'node_modules', 'package.json', 'preload', 'renderer', 'worker']);
    const modules = new Set(names.filter((name) => name.startsWith('node_modules/')).map((name) => name.split('/')[1]));
    expect([...modules]).toEqual(['better-sqlite3']);
    const strangers = names.filter((name) => /\.(ts|tsx|map|c|h|cpp|test\.\w+)$|(^|\/)(test|src|deps)(\/|$)/.test(name));
    expect(strangers).toEqual([]);
  });

  it('keeps the native module outside the archive, where it can be loaded, and only that', () => {
    const outside = readdirSync(`${archive}.unpacked`, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(outside.map(({ name }) => name)).toEqual([expect.stringMatching(/\.node$/)]);
  });

  it('holds no app beside the archive', () => {
    expect(readdirSync(join(unpacked, 'resources')).sort()).toEqual(['app.asar', 'app.asar.unpacked']);
  });

  it('starts: its window opens and talks to main', async () => {
    const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const { stdout } = await run(executable, [...flags, '--smoke', `--user-data-dir=${userDataDir}`]);
    expect(JSON.parse(stdout)).toMatchObject({ smoke: 'ok', name: packageJson.productName, version: packageJson.version });
  });

  it('cannot be used as a plain Node', async () => {
    const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
    // With the fuse off the variable means nothing: the app starts instead of the code given.
    const { stdout } = await run(executable, [...flags, '--smoke', `--user-data-dir=${userDataDir}`, '-e', 'console.log("as node")'], { env });
    expect(stdout).not.toContain('as node');
    expect(JSON.parse(stdout)).toMatchObject({ smoke: 'ok' });
  });

  it('carries a SQLite that its runtime can open', async () => {
    // The same runtime before its fuses were set: it reads the archive as the app would.
    const staged = process.env['WINNOW_ELECTRON_BIN'] ?? inProject('dist/electron-app/electron');
    const code = `console.log(new (require(${JSON.stringify(join(archive, 'node_modules/better-sqlite3'))}))(':memory:').prepare('SELECT 6 * 7').pluck().get())`;
    const { stdout } = await run(staged, ['-e', code], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } });
    expect(stdout.trim()).toBe('42');
  });
});
