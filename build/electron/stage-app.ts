// The built app inside a runtime of this checkout's own: dist/electron-app is the cached runtime (hard links,
// so it costs no space) with the bundles as its resources/app.
// Started from there, the app is laid out as in a package: nothing resolves into the project's node_modules.
// Never writes into the cached runtime, which other checkouts share.
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ensureBundles } from '../bundle/ensure-bundles.ts';
import { withLock } from '../setup/file-lock.ts';
import { bundleInputHash } from '../setup/input-hash.mjs';
import { distDir, inProject } from '../setup/paths.mjs';
import { step } from '../setup/steps.mjs';
import { executableName, resourcesPath } from './executable.ts';
import { linkTree } from './link-tree.ts';
import { type ElectronRuntime, ensureRuntime } from './runtime.ts';
import { copySqlite } from './sqlite-for-runtime.ts';

export interface StagedApp {
  readonly runtime: ElectronRuntime;
  readonly executable: string;
  /** The staged resources/app. */
  readonly appDir: string;
}

/** What the app consists of; the command line stays outside. */
export const appBundles = ['main', 'preload', 'renderer', 'worker'] as const;

const stageDir = join(distDir, 'electron-app');
const stampName = '.winnow-stage.json';

/** The steps Electron, Build and App: a runtime, the bundles, and both put together. */
export async function ensureStagedApp(): Promise<StagedApp> {
  const found: { runtime?: ElectronRuntime } = {};
  await step('Electron', async (say) => {
    found.runtime = await ensureRuntime(say);
    return `${found.runtime.electronVersion} (${found.runtime.kind === 'official' ? 'official' : 'registry-only fallback'})`;
  });
  const { runtime } = found;
  if (runtime === undefined) throw new Error('The step Electron ended without a runtime.');
  await step('Build', ensureBundles);
  await step('App', (say) => withLock(join(distDir, '.stage-lock'), say, () => stage(runtime)));
  return {
    runtime,
    executable: join(stageDir, executableName('electron')),
    appDir: join(stageDir, resourcesPath('electron'), 'app'),
  };
}

async function stage(runtime: ElectronRuntime): Promise<string> {
  const stamp = JSON.stringify({ runtime: basename(runtime.dir), inputs: bundleInputHash() });
  const stampFile = join(stageDir, stampName);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return 'in place';
  const workDir = join(distDir, '.making-electron-app');
  rmSync(workDir, { recursive: true, force: true });
  linkTree(runtime.distDir, workDir);
  const appDir = join(workDir, resourcesPath('electron'), 'app');
  copyApp(appDir);
  await copySqlite(runtime, join(appDir, 'node_modules'));
  writeFileSync(join(workDir, stampName), stamp);
  rmSync(stageDir, { recursive: true, force: true });
  renameSync(workDir, stageDir);
  return 'staged in dist/electron-app';
}

/** The bundles and a package.json that names their entry, at `appDir`. */
export function copyApp(appDir: string, options: { readonly sourceMaps: boolean } = { sourceMaps: true }): void {
  mkdirSync(appDir, { recursive: true });
  for (const name of appBundles) {
    const filter = (from: string) => options.sourceMaps || !from.endsWith('.map');
    cpSync(join(distDir, name), join(appDir, name), { recursive: true, filter });
  }
  writeFileSync(join(appDir, 'package.json'), `${JSON.stringify(appPackage(), undefined, 2)}\n`);
}

function appPackage(): Readonly<Record<string, unknown>> {
  const project = JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as Record<string, unknown>;
  const { name, productName, version, description, license, author } = project;
  return { name, productName, version, description, license, author, private: true, main: 'main/index.cjs' };
}
