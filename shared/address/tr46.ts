// IDNA by UTS 46, strict and non-transitional: the one importer of the package `tr46` (which has no types of its own).
// Two functions, one set of options, so that to ASCII and back always agree.
// Never sees plain ASCII domains: those are judged by our own letter-digit-hyphen check (see parse-domain).

// @ts-expect-error -- the package ships no type declarations
import untyped from 'tr46';

interface Tr46 {
  toASCII(domain: string, options: object): string | null;
  toUnicode(domain: string, options: object): { readonly domain: string; readonly error: boolean };
}
const tr46 = untyped as Tr46;

const STRICT = {
  checkHyphens: true,
  checkBidi: true,
  checkJoiners: true,
  useSTD3ASCIIRules: true,
  verifyDNSLength: false,
  transitionalProcessing: false,
};

/** Lower-case A-labels, or null if the domain is no valid IDN. Lengths are not checked here. */
export function domainToALabels(domain: string): string | null {
  return tr46.toASCII(domain, STRICT);
}

/** The domain as people read it. `aLabels` must be valid (a result of `domainToALabels`). */
export function domainToUnicode(aLabels: string): string {
  const result = tr46.toUnicode(aLabels, STRICT);
  return result.error ? aLabels : result.domain;
}
