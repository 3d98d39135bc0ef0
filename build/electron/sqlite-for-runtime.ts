// The better-sqlite3 that fits a runtime, reduced to what is needed to run it.
// A runtime older than Node-API 10 brings its own build; every other takes the project's prebuilt one.
// Copies files, never links: a link would resolve back into the project's node_modules.
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { capture } from '../setup/child-process.mjs';
import { inProject } from '../setup/paths.mjs';
import type { ElectronRuntime } from './runtime.ts';

const projectParts = ['lib', 'package.json', 'LICENSE'];

/** Puts `better-sqlite3` into a `node_modules` folder. */
export async function copySqlite(runtime: Pick<ElectronRuntime, 'ownSqliteDir'>, nodeModulesDir: string): Promise<void> {
  const to = join(nodeModulesDir, 'better-sqlite3');
  mkdirSync(nodeModulesDir, { recursive: true });
  if (runtime.ownSqliteDir !== undefined) {
    cpSync(runtime.ownSqliteDir, to, { recursive: true });
    return;
  }
  const from = inProject('node_modules/better-sqlite3');
  const prebuild = join('prebuilds', `${await platformName()}-${process.arch}.node`);
  for (const part of [...projectParts, prebuild]) cpSync(join(from, part), join(to, part), { recursive: true });
}

/** As better-sqlite3 names its prebuilt files: musl systems apart from glibc ones. */
async function platformName(): Promise<string> {
  if (process.platform !== 'linux') return process.platform;
  const { output } = await capture('ldd', ['--version']);
  return output.includes('musl') ? 'linuxmusl' : 'linux';
}
