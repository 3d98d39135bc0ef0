// `node_modules/.bin/node build/make-lists.ts`: writes the vendored lists in shared/lists/data from the pinned packages.
// Needs no network; the same packages always give the same bytes (a test compares). Tells what came and what went.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { namesOf, type DomainSnapshot } from '../shared/lists/domain-snapshot.ts';
import { disposableSnapshot } from './lists/disposable-snapshot.ts';
import { freeSnapshot } from './lists/free-snapshot.ts';
import { snapshotText } from './lists/snapshot-of.ts';
import { inProject } from './setup/paths.mjs';

/** File in shared/lists/data → what it must hold. */
export const VENDORED_LISTS: Readonly<Record<string, () => DomainSnapshot>> = {
  'disposable-domains.json': disposableSnapshot,
  'free-domains.json': freeSnapshot,
};

if (import.meta.main) {
  for (const [file, make] of Object.entries(VENDORED_LISTS)) {
    const path = inProject('shared/lists/data', file);
    const before = existsSync(path) ? namesOf(JSON.parse(readFileSync(path, 'utf8')) as DomainSnapshot) : new Set<string>();
    const snapshot = make();
    const after = namesOf(snapshot);
    writeFileSync(path, snapshotText(snapshot));
    process.stdout.write(`${file}: ${String(snapshot.count)} names\n${changes('+', after, before)}${changes('-', before, after)}`);
  }
}

function changes(sign: string, these: ReadonlySet<string>, those: ReadonlySet<string>): string {
  const names = [...these].filter((name) => !those.has(name));
  return names.length === 0 ? '' : `  ${sign} ${String(names.length)}: ${names.slice(0, 50).join(' ')}\n`;
}
