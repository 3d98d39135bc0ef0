// Has anything the bundles are made of changed since they were made?
// The answer is a hash over the contents of every input, so a checkout, a touch or a clock cannot fool it.
// It never looks at the outputs beyond their stamp: whoever edits dist by hand removes it.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bundleStamp, inProject } from './paths.mjs';

const inputFolders = ['electron', 'renderer', 'shared', 'build/bundle'];
const inputFiles = ['package.json', 'package-lock.json', 'test/fixtures/sample-practice.csv'];

/** The hash of everything the bundles are made of. */
export function bundleInputHash() {
  const hash = createHash('sha256');
  const files = inputFolders.flatMap((folder) =>
    readdirSync(inProject(folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  for (const file of [...inputFiles.map((name) => inProject(name)), ...files].sort()) {
    hash.update(`${file.slice(inProject().length)}\n`).update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

/** True when dist holds the bundles of exactly these inputs. */
export function bundlesAreFresh() {
  try {
    return JSON.parse(readFileSync(bundleStamp, 'utf8')).inputs === bundleInputHash();
  } catch {
    return false;
  }
}
