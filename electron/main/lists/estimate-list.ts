// What starting a list would mean, before it is started: addresses, domains, who serves them, and how long it may take.
// Always holds: nothing but DNS is asked, for the commonest domains only and for a bounded time; what is not answered by
// then is told as not looked up. No connection to a mail server is opened.
import type { Estimate } from '../../../shared/ipc/jobs.ts';
import { mailProviderOf } from '../../../shared/verdict/mail-providers.ts';
import type { Clock } from '../../engine/clock.ts';
import { destinationOf } from '../../engine/destinations/destination.ts';
import { createTargetRules } from '../../engine/destinations/target-rules.ts';
import type { MxLookup } from '../../engine/dns/types.ts';
import type { Workload } from '../../worker/store-jobs.ts';
import type { OpenedNetwork } from './opened-network.ts';
import { timeRange, type ServedRows } from './time-range.ts';

/** Domains that are looked up: with most lists they have nine of ten addresses. */
export const SAMPLED_DOMAINS = 200;
const LONGEST_WAIT_MS = 5_000;
const SHOWN_DESTINATIONS = 6;
const NO_MAIL: readonly MxLookup['kind'][] = ['domain_not_found', 'no_mail_server', 'null_mx', 'unroutable_mx'];

interface Served extends ServedRows {
  readonly name: string | null;
}

/** `network`: closed by the caller. */
export async function estimateList(work: Workload, { resolver, settings }: Pick<OpenedNetwork, 'resolver' | 'settings'>, clock: Clock): Promise<Estimate> {
  const names = work.commonest.map(({ domain }) => domain);
  await within(resolver.warmUp(names), LONGEST_WAIT_MS, clock);
  const looked = work.commonest.flatMap(({ domain, rows }) => {
    const lookup = resolver.lookupNow(domain);
    return lookup === null || lookup.kind === 'dns_temporary' ? [] : [{ lookup, rows }];
  });
  const rules = createTargetRules(settings);
  const served = new Map<string, Served>();
  for (const { lookup, rows } of looked) {
    if (lookup.kind !== 'hosts') continue;
    const { key, targets } = destinationOf(lookup.hosts);
    const mxHost = targets[0]?.mxHost ?? lookup.hosts[0]?.name ?? '';
    const known = served.get(key);
    served.set(key, {
      name: mailProviderOf(mxHost)?.name ?? null,
      rows: rows + (known?.rows ?? 0),
      connections: rules.maxConnectionsOf(mxHost),
      perMinute: rules.paceOf(mxHost),
    });
  }
  const sampledRows = sumOf(looked);
  const noMail = sumOf(looked.filter(({ lookup }) => NO_MAIL.includes(lookup.kind)));
  const rest = { rows: Math.max(0, work.rows - sampledRows), domains: work.domains - looked.length };
  return {
    rows: work.rows,
    domains: work.domains,
    sampled: { domains: looked.length, rows: Math.min(work.rows, sampledRows) },
    destinations: byName([...served.values()]),
    noMail,
    ...timeRange({ destinations: [...served.values()], rest }, settings),
  };
}

/** One entry a provider, the most addresses first; servers of nobody known are one. */
function byName(served: readonly Served[]): Estimate['destinations'] {
  const rowsOf = new Map<string | null, number>();
  for (const { name, rows } of served) rowsOf.set(name, (rowsOf.get(name) ?? 0) + rows);
  return [...rowsOf].map(([name, rows]) => ({ name, rows })).sort((a, b) => b.rows - a.rows).slice(0, SHOWN_DESTINATIONS);
}

function sumOf(parts: readonly { readonly rows: number }[]): number {
  return parts.reduce((sum, { rows }) => sum + rows, 0);
}

async function within(work: Promise<void>, longestMs: number, clock: Clock): Promise<void> {
  await new Promise<void>((resolve) => {
    const cancel = clock.after(longestMs, resolve, { unref: true });
    void work.finally(() => {
      cancel();
      resolve();
    });
  });
}
