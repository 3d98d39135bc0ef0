// npm run package [-- --dir]: the app as users get it, made by electron-builder from the bundles and the runtime
// that is there. With --dir nothing is downloaded; the other targets fetch their tools.
// Only built output and better-sqlite3 reach the package; its protections are fuses (electron-builder.yml).
// Never packages the registry-only runtime for anybody else: it says so loudly.
import { build, type Configuration } from 'electron-builder';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBundles } from '../bundle/ensure-bundles.ts';
import { copyApp } from '../electron/stage-app.ts';
import { type ElectronRuntime, ensureRuntime } from '../electron/runtime.ts';
import { copySqlite } from '../electron/sqlite-for-runtime.ts';
import { distDir, inProject, projectRoot } from '../setup/paths.mjs';
import { SetupError, step } from '../setup/steps.mjs';

const stageDir = join(distDir, 'package-stage');

export async function packageApp(args: readonly string[]): Promise<number> {
  const unknown = args.find((arg) => arg !== '--dir');
  if (unknown !== undefined) throw new SetupError(`package does not know "${unknown}".`, 'npm run package, or npm run package -- --dir');
  const dirOnly = args.includes('--dir');

  const runtime = await packagedRuntime(dirOnly);
  await step('Build', ensureBundles);
  await step('App', async () => {
    rmSync(stageDir, { recursive: true, force: true });
    copyApp(stageDir, { sourceMaps: false });
    await copySqlite(runtime, join(stageDir, 'node_modules'));
    return 'staged in dist/package-stage';
  });
  await step('Package', async () => {
    const made = await build({ projectDir: projectRoot, config: configuration(runtime), publish: 'never', ...(dirOnly ? { dir: true } : {}) });
    return dirOnly ? 'unpacked app in release' : made.join(', ');
  });
  return 0;
}

async function packagedRuntime(dirOnly: boolean): Promise<ElectronRuntime> {
  const found: { runtime?: ElectronRuntime } = {};
  await step('Electron', async (say) => {
    found.runtime = await ensureRuntime(say);
    return found.runtime.electronVersion;
  });
  const { runtime } = found;
  if (runtime === undefined) throw new Error('The step Electron ended without a runtime.');
  if (runtime.kind === 'fallback') {
    if (!dirOnly) {
      throw new SetupError(
        'Only the registry-only Electron is there; releases are made with the official one.',
        'Run where github.com or an ELECTRON_MIRROR is reachable, or package with --dir to try it here.',
      );
    }
    process.stderr.write('This package holds the registry-only Electron: to try it on this machine, not for users.\n');
  }
  return runtime;
}

/**
 * What the file cannot know. `beforeBuild` answering false says that node_modules are our own business: without it
 * electron-builder collects and packs the whole project's dependencies. (It is not asked with `npmRebuild: false`.)
 */
function configuration(runtime: ElectronRuntime): Configuration {
  return {
    extends: inProject('electron-builder.yml'),
    directories: { app: stageDir },
    electronDist: runtime.distDir,
    electronVersion: runtime.electronVersion,
    beforeBuild: () => Promise.resolve(false),
  };
}
