// Which top-level domains exist: IANA's list, from the package `tlds`, as lower-case A-labels.
// Built at first use (151 of its entries are IDNs in Unicode). Knows nothing of special-use names.
import tlds from 'tlds' with { type: 'json' };
import { domainToALabels } from './tr46.ts';

export interface TopLevelDomainList {
  /** How many there are. */
  readonly count: number;
  /** Of the package. */
  readonly version: string;
  /** When IANA's list was last taken over into it, YYYY-MM-DD. */
  readonly date: string;
  readonly source: string;
}

/** The package does not carry its date: this is what its changelog says of the version. A test holds the two together. */
const PACKAGE = { version: '1.261.0', date: '2025-10-22' };

let known: ReadonlySet<string> | null = null;

/** `label` is a lower-case A-label. */
export function isTopLevelDomain(label: string): boolean {
  known ??= new Set(tlds.map((tld) => domainToALabels(tld) ?? tld));
  return known.has(label);
}

/** What to show of the list: how large and how old it is. */
export function topLevelDomainList(): TopLevelDomainList {
  return { count: tlds.length, ...PACKAGE, source: 'https://data.iana.org/TLD/tlds-alpha-by-domain.txt' };
}
