// The arrows of ARCHITECTURE.md ("who may import whom"), checked on every import, types included.
// What a folder may import is listed; everything else is an error. The bad tree in test/fixtures/bad-layers
// breaks each rule once, and a test demands that each is reported by its name.

/** Stages of the engine in the order data passes them: a stage may know the types of those before it. */
const stages = ['dns', 'preflight', 'destinations', 'smtp', 'classify'];
const pureLibraries = ['zod', 'tlds', 'tr46', 'ipaddr.js', 'tldts', 'tldts-core', 'role-based-email-addresses'];
const rendererLibraries = ['zod', 'react', 'react-dom', 'scheduler'];

/** A package wherever it is installed, also as its types. */
const packages = (names) => `(^|/)node_modules/(@types/)?(${names.map((name) => name.replaceAll('.', '\\.')).join('|')})/`;

const error = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const stageRules = stages.flatMap((stage, index) => {
  const from = { path: `^electron/engine/${stage}/` };
  const earlier = [...stages.slice(0, index), stage, 'metrics'].join('|');
  return [
    error(
      `engine-${stage}-knows-no-later-stage`,
      'Data goes one way: a stage knows nothing of those after it.',
      from,
      { path: '^electron/engine/[^/]+/', pathNot: `^electron/engine/(${earlier})/` },
    ),
    error(
      `engine-${stage}-knows-only-types-of-others`,
      'Stages are put together in engine/pipeline and nowhere else.',
      from,
      { path: '^electron/engine/[^/]+/', pathNot: `^electron/engine/(${stage}|metrics)/`, dependencyTypesNot: ['type-only'] },
    ),
  ];
});

module.exports = {
  forbidden: [
    error('no-cycles', 'Two files that need each other are one file, or lack a third.', {}, { circular: true }),
    error('everything-resolves', 'An import that leads nowhere.', {}, { couldNotResolve: true }),
    error(
      'packages-are-declared',
      'A package that is not in package.json is there by accident.',
      {},
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
    error(
      'product-uses-no-development-packages',
      'What ships is in dependencies.',
      { path: '^(electron|renderer|shared)/' },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: packages(['electron', 'react', 'react-dom', 'better-sqlite3', 'dns-packet']) },
    ),
    error(
      'product-knows-no-tests',
      'Tests and build scripts know the product, never the other way.',
      { path: '^(electron|renderer|shared)/' },
      { path: '^(test|build)/' },
    ),
    error('shared-runs-anywhere', 'shared imports itself only.', { path: '^shared/' }, { path: '^(electron|renderer)/' }),
    error('shared-has-no-node', 'shared also runs in the window.', { path: '^shared/' }, { dependencyTypes: ['core'] }),
    error(
      'shared-has-pure-libraries',
      'Libraries that do no input or output.',
      { path: '^shared/' },
      { path: '(^|/)node_modules/', pathNot: packages(pureLibraries) },
    ),
    error('renderer-imports-shared', 'The window knows shared and itself.', { path: '^renderer/' }, { path: '^electron/' }),
    error('renderer-has-no-node', 'The window is sandboxed.', { path: '^renderer/' }, { dependencyTypes: ['core'] }),
    error(
      'renderer-has-view-libraries',
      'Only what draws and what checks.',
      { path: '^renderer/' },
      { path: '(^|/)node_modules/', pathNot: packages(rendererLibraries) },
    ),
    error(
      'preload-imports-shared',
      'The preload knows channel names and types.',
      { path: '^electron/preload/' },
      { path: '^(electron|renderer)/', pathNot: '^electron/preload/' },
    ),
    error(
      'preload-has-electron-alone',
      'A sandboxed preload can require electron and nothing else.',
      { path: '^electron/preload/' },
      { dependencyTypesNot: ['type-only'], path: '(^|/)node_modules/', pathNot: packages(['electron']) },
    ),
    error(
      'engine-imports-shared',
      'The engine runs without Electron, without a window and without the store.',
      { path: '^electron/engine/' },
      { path: '^(electron|renderer)/', pathNot: ['^electron/engine/', '^electron/worker/interface\\.ts$'] },
    ),
    error(
      'engine-knows-the-store-by-type',
      "Only the pipeline and the run know the store's interface, and only its types.",
      { path: '^electron/engine/' },
      { path: '^electron/worker/interface\\.ts$', dependencyTypesNot: ['type-only'] },
    ),
    error(
      'engine-stages-know-no-store',
      'The seam between engine and store is in the pipeline and the run.',
      { path: '^electron/engine/', pathNot: '^electron/engine/(pipeline|run)/' },
      { path: '^electron/worker/' },
    ),
    ...stageRules,
    error(
      'engine-pipeline-knows-no-run',
      'The run drives the pipeline.',
      { path: '^electron/engine/pipeline/' },
      { path: '^electron/engine/run/' },
    ),
    error(
      'worker-imports-shared',
      'The store knows no engine, no window, no Electron.',
      { path: '^electron/worker/' },
      { path: '^(electron|renderer)/', pathNot: '^electron/worker/' },
    ),
    error(
      'practice-imports-shared',
      'The practice world plays servers: of the engine it knows types at most.',
      { path: '^electron/practice/' },
      { path: '^(electron|renderer)/', pathNot: ['^electron/practice/', '^electron/engine/'] },
    ),
    error(
      'practice-knows-engine-by-type',
      'A simulated server that used the code it tests would prove nothing.',
      { path: '^electron/practice/' },
      { path: '^electron/engine/', dependencyTypesNot: ['type-only'] },
    ),
    error(
      'practice-is-for-hosts',
      'Only the app, the command line and tests start the practice world.',
      { path: '^(electron|renderer|shared)/', pathNot: '^electron/(practice|host|main|headless)/' },
      { path: '^electron/practice/' },
    ),
    error(
      'host-knows-neither-host',
      'What both hosts share belongs to neither.',
      { path: '^electron/host/' },
      { path: '^electron/(main|headless|preload)/' },
    ),
    error('hosts-know-no-renderer', 'Hosts reach the window over IPC.', { path: '^electron/' }, { path: '^renderer/' }),
    error(
      'electron-lives-in-main-and-preload',
      'Engine, worker and command line run without Electron.',
      { path: '^(electron|renderer|shared)/', pathNot: '^electron/(main|preload)/' },
      { path: '(^|/)node_modules/electron/' },
    ),
    error(
      'headless-needs-no-electron',
      'The command line runs on plain Node: nothing it reaches may need Electron.',
      { path: '^electron/headless/' },
      { path: '(^|/)node_modules/electron/', reachable: true },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|release|test/fixtures/bad-layers)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'], extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'] },
  },
};
