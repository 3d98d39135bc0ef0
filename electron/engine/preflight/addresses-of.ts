// All addresses of a name, of both families. Says apart what is certainly nothing and what could not be found out.
import type { RecordQueries } from '../dns/record-queries.ts';

export interface NameAddresses {
  readonly ips: readonly string[];
  /** Why these may not be all, or null. */
  readonly failure: string | null;
}

export async function addressesOf(name: string, records: RecordQueries, signal: AbortSignal): Promise<NameAddresses> {
  const answers = await Promise.all([records.ask(name, 'A', signal), records.ask(name, 'AAAA', signal)]);
  const failed = answers.find((answer) => answer.kind === 'failed');
  return {
    ips: answers.flatMap((answer) => (answer.kind === 'records' ? answer.values : [])),
    failure: failed?.kind === 'failed' ? failed.detail : null,
  };
}
