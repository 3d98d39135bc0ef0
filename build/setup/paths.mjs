// The places of this checkout and of the cache outside it, each named once.
// Everything in `dist` and `release` can be rebuilt; the cache is shared by all checkouts of a user.
// Never a path of one machine.
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

export const projectRoot = resolve(import.meta.dirname, '../..');

/** @param {string[]} parts */
export const inProject = (...parts) => join(projectRoot, ...parts);

export const nodeModules = inProject('node_modules');
export const projectNode = process.platform === 'win32' ? inProject('node_modules/node/bin/node.exe') : inProject('node_modules/.bin/node');
export const commandScript = inProject('build/command.ts');
export const distDir = inProject('dist');
export const bundleStamp = inProject('dist/.bundles.json');
export const headlessBundle = inProject('dist/headless/index.cjs');

/** Where runtimes are kept between checkouts. `WINNOW_CACHE` wins, so that a test can have its own. */
export function cacheDir() {
  const base = process.env['WINNOW_CACHE'] || process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return join(base, 'winnow');
}

/** Where the user stood: npm runs its scripts in the checkout, relative file names are meant from the caller's folder. */
export function callerDir() {
  return (process.env['npm_lifecycle_event'] && process.env['INIT_CWD']) || process.cwd();
}
