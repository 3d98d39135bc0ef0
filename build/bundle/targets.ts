// The five bundles of the product, as vite configurations.
// Everything but Electron, better-sqlite3 and Node's own modules is bundled in, so that the packaged app needs
// no node_modules beyond better-sqlite3 (a native module, which must stay a file of its own).
// Never minifies what runs outside the window: a stack trace in a log must be readable.
import react from '@vitejs/plugin-react';
import { builtinModules } from 'node:module';
import { readFileSync } from 'node:fs';
import type { InlineConfig, Plugin } from 'vite';
import { inProject, projectRoot } from '../setup/paths.mjs';

/** The oldest runtime the code meets is the registry-only Electron 33: Node 20.18, Chrome 130. */
const nodeTarget = 'node20.18';
const chromeTarget = 'chrome130';

const nodeModulesExternal = [/^node:/, ...builtinModules];

export interface BundleTarget {
  readonly name: string;
  /** Relative to the checkout; a bundle is not made without it. */
  readonly entry: string;
  readonly config: (outDir: string) => InlineConfig;
}

function shared(outDir: string): InlineConfig {
  return {
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { outDir, emptyOutDir: true, sourcemap: true, reportCompressedSize: false },
  };
}

/** One CommonJS file for Node or Electron; `import.meta.dirname` becomes `__dirname` in it. */
function commonJs(entry: string, fileName: string, external: readonly (string | RegExp)[]) {
  return (outDir: string): InlineConfig => {
    const base = shared(outDir);
    return {
      ...base,
      root: projectRoot,
      ssr: { noExternal: true, external: ['electron', 'better-sqlite3'], target: 'node' },
      build: {
        ...base.build,
        target: nodeTarget,
        minify: false,
        ssr: inProject(entry),
        rolldownOptions: {
          external: [...external],
          output: { format: 'cjs', entryFileNames: fileName, codeSplitting: false },
        },
      },
    };
  };
}

/** The sample list beside the program that imports it: one file is the source for the app, the tests and the command line. */
const sampleList: Plugin = {
  name: 'sample-list',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'sample-practice.csv', source: readFileSync(inProject('test/fixtures/sample-practice.csv')) });
  },
};

const withSampleList = (config: (outDir: string) => InlineConfig) => (outDir: string): InlineConfig => ({ ...config(outDir), plugins: [sampleList] });

/** The worker's threads, one program each; what they share is a file of its own beside them. */
function threads(entries: Readonly<Record<string, string>>) {
  return (outDir: string): InlineConfig => {
    const base = shared(outDir);
    return {
      ...base,
      root: projectRoot,
      ssr: { noExternal: true, external: ['better-sqlite3'], target: 'node' },
      build: {
        ...base.build,
        target: nodeTarget,
        minify: false,
        ssr: true,
        rolldownOptions: {
          input: Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, inProject(path)])),
          external: ['better-sqlite3', ...nodeModulesExternal],
          output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'shared-[name].cjs' },
        },
      },
    };
  };
}

const hostExternal = ['electron', 'better-sqlite3', ...nodeModulesExternal];

export const bundleTargets: readonly BundleTarget[] = [
  { name: 'main', entry: 'electron/main/index.ts', config: withSampleList(commonJs('electron/main/index.ts', 'index.cjs', hostExternal)) },
  // A sandboxed preload can require electron and nothing else.
  { name: 'preload', entry: 'electron/preload/index.ts', config: commonJs('electron/preload/index.ts', 'index.cjs', ['electron']) },
  { name: 'worker', entry: 'electron/worker/entry.ts', config: threads({ entry: 'electron/worker/entry.ts', reader: 'electron/worker/reader-entry.ts', intake: 'electron/worker/intake/intake-entry.ts', export: 'electron/worker/export/export-entry.ts', combine: 'electron/worker/combine/combine-entry.ts' }) },
  { name: 'headless', entry: 'electron/headless/index.ts', config: commonJs('electron/headless/index.ts', 'index.cjs', hostExternal) },
  {
    name: 'renderer',
    entry: 'renderer/index.html',
    config: (outDir) => {
      const base = shared(outDir);
      return {
        ...base,
        root: inProject('renderer'),
        base: './',
        plugins: [react()],
        build: {
          ...base.build,
          target: chromeTarget,
          // The window's policy has no data: scripts and no inline ones: assets stay files, no preload helper is written in.
          assetsInlineLimit: 0,
          modulePreload: false,
        },
      };
    },
  },
];
