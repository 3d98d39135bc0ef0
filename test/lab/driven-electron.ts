// An Electron that waits for its driver. Playwright attaches to an app started by its own executable while that app
// opens its first window; where both fall together (one start in thirty on a busy machine) Chromium's protocol loses the
// event of the first navigation, and Playwright waits for ever. For `electron .` Playwright has a loader that holds
// the app's `ready` until it is attached; a staged app has no place for it. So: the same runtime once more, next to the
// staged one (its files linked, not copied), whose app is that loader and then the staged app, unchanged.
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

/** Path of the executable to give to Playwright. Made anew when the staged one has changed. */
export function drivenElectron(stagedBinary: string): string {
  if (process.platform !== 'linux') return stagedBinary; // laid out otherwise there, and the race was not seen there
  const stagedDir = dirname(stagedBinary);
  const drivenDir = `${stagedDir}-driven`;
  const binary = join(drivenDir, basename(stagedBinary));
  const stagedApp = join(stagedDir, 'resources/app');
  if (existsSync(binary) && statSync(binary).ino === statSync(stagedBinary).ino) {
    writeApp(stagedApp, join(drivenDir, 'resources/app')); // the version may be another one
    return binary;
  }
  const workDir = `${drivenDir}.${String(process.pid)}`;
  rmSync(workDir, { recursive: true, force: true });
  mkdirSync(join(workDir, 'resources/app'), { recursive: true });
  for (const entry of readdirSync(stagedDir)) {
    if (entry === 'resources') continue;
    // Electron looks for its files beside its real path, so the executable itself must not be a symbolic link.
    if (entry === basename(stagedBinary)) linkSync(stagedBinary, join(workDir, entry));
    else symlinkSync(join(stagedDir, entry), join(workDir, entry));
  }
  writeApp(stagedApp, join(workDir, 'resources/app'));
  rmSync(drivenDir, { recursive: true, force: true });
  renameSync(workDir, drivenDir);
  return binary;
}

function writeApp(stagedApp: string, drivenApp: string): void {
  const manifest = JSON.parse(readFileSync(join(stagedApp, 'package.json'), 'utf8')) as Record<string, unknown> & { main: string };
  const playwright = dirname(createRequire(import.meta.url).resolve('playwright-core/package.json'));
  const files = [join(playwright, 'lib/server/electron/loader.js'), join(stagedApp, manifest.main)];
  writeFileSync(join(drivenApp, 'package.json'), JSON.stringify({ ...manifest, main: 'start.cjs' }));
  writeFileSync(join(drivenApp, 'start.cjs'), files.map((file) => `require(${JSON.stringify(file)});\n`).join(''));
}
