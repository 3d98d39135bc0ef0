// Domain names of foreign lists made comparable: lower-case A-labels that mail could be routed to, and nothing else.
// Never judges what a name stands for.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getPublicSuffix } from 'tldts';
import { parseAddress } from '../../shared/address/parse-address.ts';

/** Names that are domains of mail, in A-labels. Public suffixes, private ones too, are nobody's own and fall out. */
export function cleanNames(names: Iterable<string>): Set<string> {
  const result = new Set<string>();
  for (const name of names) {
    const parsed = parseAddress(`x@${name.trim()}`);
    if (!parsed.ok || parsed.specialUse) continue;
    if (getPublicSuffix(parsed.domain, { allowPrivateDomains: true }) !== parsed.domain) result.add(parsed.domain);
  }
  return result;
}

/** A file of names beside this one: white space between names, number signs before comments. */
export function readNames(file: string): ReadonlySet<string> {
  const text = readFileSync(join(import.meta.dirname, file), 'utf8').replaceAll(/#.*/g, '');
  return new Set(text.split(/\s+/).filter((name) => name !== ''));
}
