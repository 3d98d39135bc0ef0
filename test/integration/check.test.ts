// The checks bite: over a tree that breaks every rule once, each violation is reported by its name.
// The checkers and their configurations are those of `npm run check`; only the tree is another.
// A rule that is added without a file that breaks it fails here.
import { beforeAll, describe, expect, it } from 'vitest';
import { createRequire } from 'node:module';
import { badFixture, type CheckResult, runCheckers } from '../../build/check/check.ts';
import { checkersFor } from '../../build/check/checkers.ts';
import { projectRoot } from '../../build/setup/paths.mjs';

const results = new Map<string, CheckResult>();
const outputOf = (name: string): string => results.get(name)?.output ?? '';

/** The lines of a linted file in ESLint's output. */
function findingsIn(file: string): string {
  const blocks = outputOf('lint').trim().split('\n\n');
  return blocks.find((block) => block.split('\n')[0]?.endsWith(file)) ?? '';
}

beforeAll(async () => {
  for (const result of await runCheckers(badFixture)) results.set(result.name, result);
});

describe('the deliberately bad tree', () => {
  it('turns every kind of check red', () => {
    const red = [...results.values()].filter(({ passed }) => !passed).map(({ name }) => name);
    expect(red.sort()).toEqual(['dead code', 'layers', 'lint', 'types of .', 'types of electron/engine', 'types of renderer']);
  });

  it('does not compile where a folder names what its world does not have', () => {
    expect(outputOf('types of electron/engine')).toMatch(/names-document\.ts.*Cannot find name 'document'/);
    expect(outputOf('types of renderer')).toMatch(/reads-files\.ts.*'node:fs'/);
  });

  it('breaks every arrow, and each is named', () => {
    const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as { forbidden: readonly { name: string }[] };
    const reported = new Set([...outputOf('layers').matchAll(/error ([a-z-]+):/g)].map(([, name]) => name));
    expect([...reported].sort()).toEqual(forbidden.map(({ name }) => name).sort());
  });

  const bans = [
    ['electron/main/listens-by-name.ts', 'ipcMain belongs to electron/main/ipc/router.ts'],
    ['electron/main/listens-by-namespace.ts', 'no-restricted-syntax'],
    ['electron/engine/classify/opens-socket.ts', "'node:net' import is restricted"],
    ['electron/engine/dns/speaks-tls.ts', "'node:tls' import is restricted"],
    ['electron/engine/smtp/asks-dns.ts', "'node:dns/promises' import is restricted"],
    ['electron/engine/smtp/sends-datagrams.ts', "'node:dgram' import is restricted"],
    ['electron/host/fetches.ts', "'node:https' import is restricted"],
    ['electron/worker/needs-electron.ts', "'electron' import is restricted"],
    ['shared/evaluates.ts', 'no-eval'],
    ['shared/floats.ts', 'no-floating-promises'],
    ['shared/switches.ts', 'switch-exhaustiveness-check'],
    ['shared/too-long.ts', 'max-lines'],
  ] as const;
  for (const [file, finding] of bans) {
    it(`is linted: ${file}`, () => {
      expect(findingsIn(file)).toContain(finding);
    });
  }

  it('has tests that do not run, and each is found', () => {
    const found = findingsIn('test/unit/does-not-run.test.ts').match(/Every test runs/g) ?? [];
    expect(found).toHaveLength(3);
  });

  it('is not red where a ban does not hold: the router may listen', () => {
    expect(findingsIn('electron/main/ipc/router.ts')).toBe('');
  });

  it('has dead code: an export, a file and a dependency', () => {
    expect(outputOf('dead code')).toMatch(/usedByNobody .*shared\/used\.ts/);
    expect(outputOf('dead code')).toContain('shared/file-nobody-imports.ts');
    expect(outputOf('dead code')).toMatch(/Unused dependencies[^]*\breact +package\.json/);
  });
});

describe('the checkers of the project itself', () => {
  it('are the same, with every tsconfig project among them', () => {
    const names = checkersFor(projectRoot).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining([...results.keys()]));
    expect(names.filter((name) => name.startsWith('types of'))).toHaveLength(10);
  });
});
