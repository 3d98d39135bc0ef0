// The one place that composes the stages: claim → DNS → destination → lanes (SMTP) → verdict → out.
// Lanes are shared out in turn, so that one giant destination does not delay a thousand small ones.
// Never touches the store; every bound (lanes, domains asked of DNS) is kept here or in the stages.
import type { AddressLists } from '../../../shared/lists/address-lists.ts';
import type { Settings } from '../../../shared/settings/schema.ts';
import type { DomainClaim, DomainUpdate, VerdictRecord } from '../../worker/interface.ts';
import type { Clock } from '../clock.ts';
import type { AskDailyGrant } from '../destinations/daily-allowance.ts';
import { destinationOf, mailFlagsOf, type DestinationTarget } from '../destinations/destination.ts';
import type { SetAsideDestination } from '../destinations/set-aside.ts';
import type { MxLookup, MxResolver } from '../dns/types.ts';
import type { SmtpPool } from '../smtp/types.ts';
import type { DestinationQueue } from './destination-queue.ts';
import { createDestinationQueues } from './destination-queues.ts';
import { DomainJob } from './domain-job.ts';
import { runLane } from './lane.ts';
import { createLoopSlices } from './loop-slices.ts';
import { putOffWaiting, type LaneContext } from './lane-context.ts';
import { SlowDials } from './slow-dials.ts';
import { NOT_PROBED, openForFullRun } from './not-probed.ts';
import type { Outcome, OutcomeResult } from './outcome.ts';
import { createVerdictMaker, type DomainKnowledge } from './verdict-record.ts';
import { knownRandom } from './random-recipient.ts';

/** While others have no connection at all: flights of a lane of a destination that has several, before it makes room, and
 *  of one that has no other. A few, because to be dialled costs a server more than to be asked. */
const FLIGHTS_BEFORE_YIELD = 2;
const FLIGHTS_OF_THE_LAST_LANE = 20;

export interface PipelineOptions {
  readonly resolver: MxResolver;
  readonly pool: SmtpPool;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly practice: boolean;
  /** True: DNS decides, and no mail server is asked. */
  readonly dnsOnly?: boolean;
  /** What lists say of an address: the built-in ones, or the user's own. */
  readonly lists: Pick<AddressLists, 'flagsOf'>;
  readonly onVerdict: (record: VerdictRecord, claim: DomainClaim) => void;
  /** All addresses of the claim have their verdicts. */
  readonly onEnded: (claim: DomainClaim, update: DomainUpdate) => void;
  readonly onConnect: (target: DestinationTarget, ok: boolean, greeting?: string) => void;
  /** Counts recipients of the day for the user's own limits; without it they are counted in memory only. */
  readonly grantDaily?: AskDailyGrant | undefined;
  /** A defect in our own code: the run must stop and say so. */
  readonly onDefect: (error: unknown) => void;
}

export interface Pipeline {
  submit(claim: DomainClaim): void;
  /** Destinations that nothing is asked of just now; those with most addresses waiting, at most `MOST_SET_ASIDE`. */
  setAside(): readonly SetAsideDestination[];
  /** No new flights from now on; resolves when every lane has ended. Claims that are cut off give no verdicts. */
  stop(graceMs: number): Promise<void>;
}

/** What the DNS says of who serves a domain. */
type Served = Pick<DomainKnowledge, 'implicitMx' | 'aliasedMx' | 'servedBy'>;

const UNSERVED: Served = { implicitMx: false, aliasedMx: false, servedBy: [] };

export function createPipeline(options: PipelineOptions): Pipeline {
  const { settings, clock } = options;
  const makeVerdict = createVerdictMaker({ settings, practice: options.practice, lists: options.lists });
  const queues = createDestinationQueues({ settings, clock, grantDaily: options.grantDaily, onRoom: (queue) => { context.onRoom(queue); } });
  // In order of turn: a queue is in it while it wants a lane.
  const turn = new Set<DestinationQueue>();
  const running = new Set<Promise<void>>();
  let stopping = false;
  const isFull = (): boolean => running.size >= settings.smtp.maxConnections;
  const slowDials = new SlowDials({ clock, maxConnections: settings.smtp.maxConnections, shortOf: () => (isFull() ? turn.size : 0) });

  const context: LaneContext = {
    pool: options.pool,
    settings,
    clock,
    slices: createLoopSlices(),
    slowDials,
    isStopping: () => stopping,
    onConnect: options.onConnect,
    onRoom: (queue) => {
      if (stopping || !queues.wantsLane(queue)) return;
      line(queue);
      pump();
    },
    shouldYield: (queue, flights) => {
      if (!isFull()) return false;
      const next = turn.values().next().value;
      if (next === undefined || next.lanes > 0 || next === queue) return false;
      return flights >= (queue.lanes > 1 ? FLIGHTS_BEFORE_YIELD : FLIGHTS_OF_THE_LAST_LANE);
    },
  };

  function line(queue: DestinationQueue): void {
    if (!slowDials.takesInLine(queue)) turn.add(queue);
  }

  function pump(): void {
    for (;;) {
      if (stopping || (turn.size === 0 && !slowDials.anyInLine) || queues.isHeldBack(pump)) return;
      if (isFull()) {
        slowDials.look();
        return;
      }
      const queue = slowDials.next(turn.size > 0) ?? turn.values().next().value;
      if (queue === undefined) return;
      turn.delete(queue);
      if (!queues.wantsLane(queue)) continue;
      startLane(queue);
      if (queues.wantsLane(queue)) line(queue);
    }
  }

  function startLane(queue: DestinationQueue): void {
    queue.lanes += 1;
    const lane = runLane(queue, context)
      .catch(options.onDefect)
      .finally(() => {
        queue.lanes -= 1;
        running.delete(lane);
        // What came back to wait while it was set aside.
        if (queue.setAsideState !== null && queue.waiting > 0) putOffWaiting(queue);
        if (queues.wantsLane(queue)) line(queue);
        else queues.forget(queue);
        pump();
      });
    running.add(lane);
  }

  /** A verdict for every address of the claim that needs no asking. */
  function settleAll(claim: DomainClaim, result: OutcomeResult, served: Served = UNSERVED): void {
    const outcome: Outcome = { result, target: null, tls: null, atMs: clock.epochMs() };
    const { catchAll, acceptedAny, random } = claim.facts;
    const known = random === null ? null : knownRandom(random);
    const domain: DomainKnowledge = { catchAll, acceptedAny, random: known, unverifiableProvider: false, ...served };
    for (const address of claim.addresses) options.onVerdict(openForFullRun(makeVerdict(address, outcome, domain)), claim);
    options.onEnded(claim, { domainId: claim.domainId, ...claim.facts });
  }

  function enqueue(claim: DomainClaim, lookup: Extract<MxLookup, { kind: 'hosts' }>): void {
    const destination = destinationOf(lookup.hosts, settings.smtp.ipv6 ? [4, 6] : [4], claim.facts.random?.mxHost);
    if (destination.targets.length === 0) {
      const detail = 'the mail server has only IPv6 addresses, and IPv6 is switched off';
      settleAll(claim, { kind: 'local', stage: 'LOCAL', reason: 'no_connect', detail });
      return;
    }
    const queue = queues.of(destination);
    const unverifiableProvider = destination.provider?.unverifiable ?? false;
    const always = { unverifiableProvider, ...servedBy(lookup) };
    let known: DomainKnowledge | null = null;
    const job = new DomainJob(
      claim,
      {
        judged: ({ catchAll, acceptedAny, random }, address, outcome) => {
          if (known?.random !== random || known.acceptedAny !== acceptedAny || known.catchAll !== catchAll) {
            known = { catchAll, acceptedAny, random, ...always };
          }
          const record = makeVerdict(address, outcome, known);
          if (outcome.putOff !== undefined && record.retryAtMs !== null) queue.putOff += 1;
          options.onVerdict(record, claim);
        },
        ended: (from) => {
          queue.remove(from);
          options.onEnded(claim, { domainId: claim.domainId, ...from.facts });
        },
        waitingChanged: (from, by) => {
          queue.waitingChanged(from, by);
        },
      },
      // Where every recipient is accepted anyway, asking for one that cannot exist tells nothing.
      {
        probeCatchAll: !unverifiableProvider && destination.provider?.catchAllProbe !== false,
        nowMs: clock.epochMs(),
        // Elsewhere a destination's domains have one name for a server.
        ...(destination.provider?.joinedBy === undefined ? {} : { mxNames: new Map(destination.targets.map(({ ip, mxHost }) => [ip, mxHost])) }),
      },
    );
    queue.add(job);
    if (queue.setAsideState !== null) {
      putOffWaiting(queue);
      return;
    }
    if (queues.wantsLane(queue)) line(queue);
    pump();
  }

  function route(claim: DomainClaim, lookup: MxLookup): void {
    if (stopping) return;
    if (lookup.kind === 'hosts' && options.dnsOnly === true) settleAll(claim, NOT_PROBED, servedBy(lookup));
    else if (lookup.kind === 'hosts') enqueue(claim, lookup);
    else settleAll(claim, { kind: 'local', stage: 'DNS', reason: lookup.kind, detail: dnsDetail(lookup) });
  }

  return {
    submit(claim) {
      try {
        const known = options.resolver.lookupNow(claim.domain);
        if (known !== null) {
          route(claim, known);
          return;
        }
      } catch (error) {
        options.onDefect(error);
        return;
      }
      options.resolver.lookup(claim.domain).then((lookup) => {
        route(claim, lookup);
      }).catch(options.onDefect);
    },
    setAside: () => queues.setAside(),
    async stop(graceMs) {
      stopping = true;
      slowDials.close();
      await options.pool.close(graceMs);
      await Promise.all(running);
      await queues.close();
    },
  };
}

function servedBy({ hosts, implicit, aliased }: Extract<MxLookup, { kind: 'hosts' }>): Served {
  return { implicitMx: implicit, aliasedMx: aliased === true, servedBy: mailFlagsOf(hosts) };
}

const DNS_WORDS = {
  domain_not_found: 'the domain does not exist (NXDOMAIN, asked twice)',
  no_mail_server: 'the domain has no MX, A or AAAA record',
  null_mx: 'the domain says that it takes no mail (null MX, RFC 7505)',
  unroutable_mx: 'no MX of the domain leads to an address on the Internet',
} as const;

function dnsDetail(lookup: Exclude<MxLookup, { kind: 'hosts' }>): string {
  return 'detail' in lookup ? lookup.detail : DNS_WORDS[lookup.kind];
}
