// The victim and the threads of its store as bundles, made as the product's own are: a bundle starts with half of the work
// that a hundred source files take, and all victims of a series are of the same source, whatever is edited meanwhile.
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type InlineConfig } from 'vite';
import { bundleTargets } from '../../../build/bundle/targets.ts';
import { inProject } from '../../../build/setup/paths.mjs';

/** `folder`: absolute; made. The program to run with Node: it finds its store's threads beside it, as the product does. */
export async function bundleVictim(folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  await build(configOf('worker', join(folder, 'worker')));
  const host = configOf('headless', join(folder, 'victim'));
  await build({ ...host, plugins: [], build: { ...host.build, ssr: fileURLToPath(new URL('victim.ts', import.meta.url)) } });
  // better-sqlite3 is no part of a bundle.
  symlinkSync(inProject('node_modules'), join(folder, 'node_modules'));
  return join(folder, 'victim', 'index.cjs');
}

function configOf(name: string, outDir: string): InlineConfig {
  const target = bundleTargets.find((bundle) => bundle.name === name);
  if (target === undefined) throw new Error(`the product has no bundle ${name}`);
  const config = target.config(outDir);
  return { ...config, build: { ...config.build, sourcemap: false } };
}
