// npm start: everything set up, then the app itself, on this display or under Xvfb.
// Arguments after -- go to the app; its exit code is ours; Ctrl-C reaches it.
// Never turns the sandbox off except for root, for whom Chromium refuses to start with it.
import { hasDisplay, startDisplay } from './electron/display.ts';
import { ensureStagedApp } from './electron/stage-app.ts';
import { childExit } from './setup/child-process.mjs';
import { callerDir } from './setup/paths.mjs';
import { step } from './setup/steps.mjs';
import { ensureSystemPackages } from './setup/system-packages.ts';

export async function start(args: readonly string[]): Promise<number> {
  const needsDisplay = !hasDisplay();
  await step('System packages', (say) => ensureSystemPackages({ electron: true, display: needsDisplay }, say));
  const { executable } = await ensureStagedApp();
  const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const display = needsDisplay ? await startDisplay() : undefined;
  if (display !== undefined) {
    process.stderr.write(`No display here (DISPLAY and WAYLAND_DISPLAY are empty): the app runs under Xvfb on ${display.name}, unseen. Lines about D-Bus and the GPU are harmless there.\n`);
  }
  process.stderr.write('Winnow is running. Ctrl-C ends it.\n');
  try {
    const env = { ...process.env, ...(display === undefined ? {} : { DISPLAY: display.name }) };
    return await childExit(executable, [...flags, ...args], { env, cwd: callerDir() });
  } finally {
    await display?.close();
  }
}
