// Makes the product's bundles in dist when what they are made of has changed.
// Each bundle is made beside its place and moved there, and the stamp is written last: a build that was
// killed is simply done again, and nobody ever starts half a bundle.
// Never two builds of one checkout at a time.
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { build } from 'vite';
import { withLock } from '../setup/file-lock.ts';
import { bundleInputHash, bundlesAreFresh } from '../setup/input-hash.mjs';
import { bundleStamp, distDir, inProject } from '../setup/paths.mjs';
import { SetupError } from '../setup/steps.mjs';
import { type BundleTarget, bundleTargets } from './targets.ts';

/** @returns how it went, for the progress line */
export async function ensureBundles(say: (text: string) => void): Promise<string> {
  if (bundlesAreFresh()) return 'up to date';
  return withLock(join(distDir, '.build-lock'), say, async () => {
    if (bundlesAreFresh()) return 'up to date';
    const inputs = bundleInputHash();
    say(bundleTargets.map(({ name }) => name).join(', '));
    for (const target of bundleTargets) await makeBundle(target);
    writeFileSync(bundleStamp, JSON.stringify({ inputs }));
    return 'built';
  });
}

async function makeBundle({ name, entry, config }: BundleTarget): Promise<void> {
  if (!existsSync(inProject(entry))) throw new SetupError(`${entry} is missing.`, 'The checkout is not complete: get the file back.');
  const workDir = join(distDir, `.making-${name}`);
  rmSync(workDir, { recursive: true, force: true });
  mkdirSync(workDir, { recursive: true });
  try {
    await build(config(workDir));
  } catch (error) {
    rmSync(workDir, { recursive: true, force: true });
    throw new SetupError(`The ${name} bundle could not be built.`, 'Mend the source it names; "npm run check" says more.', messageOf(error));
  }
  const place = join(distDir, name);
  rmSync(place, { recursive: true, force: true });
  renameSync(workDir, place);
}

function messageOf(error: unknown): string {
  return stripVTControlCharacters(error instanceof Error ? error.message : String(error));
}
