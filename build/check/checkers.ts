// The checks that need no run of the product: types, lint, layers, dead code. Each is one command over a tree.
// The same commands with the same configurations check the product and the deliberately bad fixture.
// Never checks anything itself: the judgement is in the tools' configuration files.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { inProject } from '../setup/paths.mjs';

export interface Checker {
  readonly name: string;
  /** Arguments for Node 24, to be run in the tree. */
  readonly args: readonly string[];
}

/** Every folder with a world of its own: what it may name at all is decided by its own tsconfig. */
const typeProjects = [
  'shared',
  'renderer',
  'electron/preload',
  'electron/engine',
  'electron/worker',
  'electron/practice',
  'electron/host',
  'electron/headless',
  'electron/main',
  '.',
];

const layeredFolders = ['electron', 'renderer', 'shared', 'test', 'build'];

/** @param tree the checkout, or a tree laid out like it */
export function checkersFor(tree: string): readonly Checker[] {
  const there = (name: string) => existsSync(join(tree, name));
  const tool = (path: string) => inProject('node_modules', path);
  const types = typeProjects
    .filter((project) => there(join(project, 'tsconfig.json')))
    .map((project) => ({ name: `types of ${project}`, args: [tool('typescript/bin/tsc'), '-p', project, '--pretty', 'false'] }));
  // The slowest comes first: two run at a time.
  return [
    { name: 'lint', args: [tool('eslint/bin/eslint.js'), '.', '--config', inProject('eslint.config.js'), '--max-warnings', '0'] },
    {
      name: 'layers',
      args: [
        tool('dependency-cruiser/bin/dependency-cruiser.mjs'),
        '--config',
        inProject('.dependency-cruiser.cjs'),
        ...layeredFolders.filter(there),
      ],
    },
    { name: 'dead code', args: [tool('knip/bin/knip.js'), '--config', inProject('knip.json'), '--no-progress', '--no-config-hints'] },
    ...types,
  ];
}
