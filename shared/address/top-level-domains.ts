// Which top-level domains exist: IANA's list, from the package `tlds`, as lower-case A-labels.
// Built at first use (151 of its entries are IDNs in Unicode). Knows nothing of special-use names.
import tlds from 'tlds' with { type: 'json' };
import { domainToALabels } from './tr46.ts';

let known: ReadonlySet<string> | null = null;

/** `label` is a lower-case A-label. */
export function isTopLevelDomain(label: string): boolean {
  known ??= new Set(tlds.map((tld) => domainToALabels(tld) ?? tld));
  return known.has(label);
}
