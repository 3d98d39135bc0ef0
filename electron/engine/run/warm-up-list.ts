// Looks up a list's commonest domains before its run begins: most of its rows belong to them, and the first connections
// then need not wait for DNS one after the other.
// Always holds: it delays the run by a bounded time; what is not answered by then goes on beside it. Trouble is left to
// the run, which meets the same store and the same network.
import type { ListId } from '../../worker/interface.ts';
import type { Clock } from '../clock.ts';
import type { MxResolver } from '../dns/types.ts';

export interface WarmUpListOptions {
  readonly store: { readonly commonDomains?: ((listId: ListId, count: number) => Promise<readonly string[]>) | undefined };
  readonly resolver: Pick<MxResolver, 'warmUp'>;
  readonly listId: ListId;
  readonly clock: Clock;
}

const DOMAINS = 200;
/** The longest that a run waits for it, in milliseconds. */
const LONGEST_WAIT_MS = 1_000;

/** Resolves when these domains are known, or when the time is over. Never rejects. */
export async function warmUpList({ store, resolver, listId, clock }: WarmUpListOptions): Promise<void> {
  if (store.commonDomains === undefined) return;
  const warmed = store.commonDomains(listId, DOMAINS).then((domains) => resolver.warmUp(domains), () => undefined);
  await new Promise<void>((resolve) => {
    const cancel = clock.after(LONGEST_WAIT_MS, resolve, { unref: true });
    void warmed.then(() => {
      cancel();
      resolve();
    });
  });
}
