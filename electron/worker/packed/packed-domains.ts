// What a batch says of domains, as one text on its way to the batch worker: JSON of rows without names, because a
// structured clone of as many nested objects costs several times as much on both threads.
// Always holds: what is unpacked equals what was packed.
import type { CatchAll, RandomFact } from '../../../shared/verdict/evidence.ts';
import type { DomainUpdate } from '../interface.ts';

type Row = readonly [
  domainId: number, catchAll: CatchAll, acceptedAny: 0 | 1,
  random: readonly [code: number, enhanced: string | null, text: string, local: string | null, mxHost: string, ip: string, atMs: number] | null,
];

export function packDomains(domains: readonly DomainUpdate[]): string {
  const rows = domains.map(({ domainId, catchAll, acceptedAny, random }): Row => [domainId, catchAll, acceptedAny ? 1 : 0, random === null ? null : columnsOf(random)]);
  return JSON.stringify(rows);
}

export function unpackDomains(packed: string): DomainUpdate[] {
  const rows = JSON.parse(packed) as readonly Row[];
  return rows.map(([domainId, catchAll, acceptedAny, random]) => {
    if (random === null) return { domainId, catchAll, acceptedAny: acceptedAny === 1, random };
    const [code, enhanced, text, local, mxHost, ip, atMs] = random;
    return { domainId, catchAll, acceptedAny: acceptedAny === 1, random: { code, enhanced, text, local, mxHost, ip, atMs } };
  });
}

function columnsOf({ code, enhanced, text, local, mxHost, ip, atMs }: RandomFact): Row[3] {
  return [code, enhanced, text, local, mxHost, ip, atMs];
}
