// node_modules as the lock file says, and the project's own Node 24 in it.
// A tree that matches is never touched, so a second run needs no network and takes no time.
// Only `npm ci` ever changes it: the lock file is never written here.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture, lastLines } from './child-process.mjs';
import { inProject, nodeModules, projectNode, projectRoot } from './paths.mjs';
import { SetupError } from './steps.mjs';

const stampFile = join(nodeModules, '.winnow-stamp');

/**
 * @param {(text: string) => void} say
 * @returns {Promise<string>} how it went, for the progress line
 */
export async function ensureDependencies(say) {
  const lock = readFileSync(inProject('package-lock.json'), 'utf8');
  // The Node that runs npm decides nothing about the tree, the platform does.
  const stamp = createHash('sha256').update(`${process.platform}-${process.arch}\n${lock}`).digest('hex');
  if (readIfThere(stampFile) === stamp && existsSync(projectNode)) return 'in place';
  const there = treeMatches(lock);
  if (!there) {
    say('installing by package-lock.json (npm ci, a minute or two)');
    await npmCi();
  }
  const version = await capture(projectNode, ['--version']);
  if (version.code !== 0 || !version.output.startsWith('v24.')) {
    throw new SetupError(
      'Node 24 did not start from node_modules/.bin/node: the npm package "node" brings it by its install script.',
      'Allow install scripts (npm config get ignore-scripts must say false) and run "npm rebuild node".',
      version.output,
    );
  }
  writeFileSync(stampFile, stamp);
  return there ? 'in place' : `installed, Node ${version.output.trim().slice(1)}`;
}

async function npmCi() {
  // Under npm, npm_execpath names the npm that called us; it runs on any platform without a shell.
  const npm = process.env['npm_execpath'];
  const [file, before] = npm?.endsWith('.js') === true ? [process.execPath, [npm]] : ['npm', []];
  const { code, output } = await capture(file, [...before, 'ci', '--no-audit', '--no-fund'], { cwd: projectRoot });
  if (code !== 0) {
    throw new SetupError(
      code === 127 ? 'npm was not found.' : `npm ci ended with code ${String(code)}.`,
      'The first run needs a package registry (npm config get registry). Check the network, then run the same command again.',
      lastLines(output),
    );
  }
}

/**
 * Is every package of the lock file installed, in its version? npm keeps what it installed in a hidden lock file;
 * a package missing there is right only if it is optional (made for another platform).
 * @param {string} lock
 */
function treeMatches(lock) {
  const hidden = readIfThere(join(nodeModules, '.package-lock.json'));
  if (hidden === undefined || !existsSync(projectNode)) return false;
  const wanted = packagesOf(lock);
  const installed = packagesOf(hidden);
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.link === true) return true;
    const there = installed[path];
    if (there === undefined) return entry.optional === true || entry.devOptional === true;
    return there.version === entry.version && existsSync(inProject(path, 'package.json'));
  });
}

/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, link?: boolean }} LockedPackage
 * @param {string} text
 * @returns {Record<string, LockedPackage>}
 */
function packagesOf(text) {
  return JSON.parse(text).packages ?? {};
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
