// One claimed domain while it is asked: which addresses wait, the domain's one random recipient, and the outcomes that
// are held back until the random recipient has been answered (an acceptance means nothing before).
// Always holds: every claimed address gets exactly one outcome or, when the run stops, none. Never talks to a socket.
import type { CatchAll } from '../../../shared/verdict/evidence.ts';
import { statusOf } from '../../../shared/verdict/verdict.ts';
import type { ClaimedAddress, DomainClaim, DomainFacts } from '../../worker/interface.ts';
import { catchAllOf } from '../classify/decide-verdict.ts';
import type { Outcome } from './outcome.ts';
import { isOtherServer, knownRandom, needsRandom, randomLocalFor, type KnownRandom } from './random-recipient.ts';

/** A recipient of a flight: a claimed address, or null for the domain's random recipient. */
export type JobRecipient = ClaimedAddress | null;

/** How often one address may be cut off (reset, silence, out of step) before that is its outcome for this attempt. */
const MAX_CUT_OFFS = 2;

export interface DomainJobEvents {
  /** Called once for each address whose outcome can be judged. */
  readonly judged: (job: DomainJob, address: ClaimedAddress, outcome: Outcome) => void;
  /** Called once, when no address waits, is in flight or is held. */
  readonly ended: (job: DomainJob) => void;
  /** `waiting` is another number than before. */
  readonly waitingChanged?: (job: DomainJob, by: number) => void;
}

export interface DomainJobOptions {
  readonly probeCatchAll: boolean;
  /** Epoch milliseconds. */
  readonly nowMs: number;
  /** What the domain's own MX records call the servers, by IP. */
  readonly mxNames?: ReadonlyMap<string, string>;
}

type RandomState = 'needed' | 'asking' | 'settled';

export class DomainJob {
  readonly claim: DomainClaim;
  catchAll: CatchAll;
  acceptedAny: boolean;
  /** What the random recipient was told, in this claim or in an earlier one of the job. */
  random: KnownRandom | null;

  readonly #mxNames: ReadonlyMap<string, string> | undefined;
  /** Whether replies come in the order of their commands: it says so itself once the answers contradict each other. */
  #order: 'trusted' | 'doubted' | 'proven' = 'trusted';
  readonly #events: DomainJobEvents;
  readonly #waiting: ClaimedAddress[];
  /** Null as long as nobody was cut off, which is most often for ever. */
  #cutOffs: Map<JobRecipient, number> | null = null;
  #randomLocal: string | null = null;
  #randomState: RandomState;
  #held: { address: ClaimedAddress; outcome: Outcome }[] = [];
  /** What `waitingChanged` was last told. */
  #told = 0;
  #inFlight = 0;
  #ended = false;
  #lastSeen: Outcome | null = null;
  #lastOurs: Outcome | null = null;

  constructor(claim: DomainClaim, events: DomainJobEvents, options: DomainJobOptions) {
    const { facts } = claim;
    this.claim = claim;
    this.#events = events;
    this.#mxNames = options.mxNames;
    this.catchAll = facts.catchAll;
    this.acceptedAny = facts.acceptedAny;
    this.random = facts.random === null ? null : knownRandom(facts.random);
    // Handed out from the end, so reversed: rows are asked in their order.
    this.#waiting = [...claim.addresses].reverse();
    this.#randomState = options.probeCatchAll && needsRandom(facts, options.nowMs) ? 'needed' : 'settled';
    this.#told = this.waiting;
  }

  /** Who is asked about as the random recipient. */
  get randomAddress(): string {
    return `${this.#local}@${this.claim.domain}`;
  }

  /** What is known of the domain now; for the store, and for the domain's next claim. */
  get facts(): DomainFacts {
    return { catchAll: this.catchAll, acceptedAny: this.acceptedAny, random: this.random?.fact ?? null };
  }

  /** True: ask its recipients one command at a time. */
  get oneByOne(): boolean {
    return this.#order === 'doubted';
  }

  /** Recipients that could be asked now. */
  get waiting(): number {
    return this.#waiting.length + (this.#randomState === 'needed' ? 1 : 0);
  }

  /** Up to `max` recipients for one flight; the random recipient goes first. */
  take(max: number): JobRecipient[] {
    const flight: JobRecipient[] = [];
    if (max > 0 && this.#randomState === 'needed') {
      this.#randomState = 'asking';
      flight.push(null);
    }
    while (flight.length < max) {
      const address = this.#waiting.pop();
      if (address === undefined) break;
      flight.push(address);
    }
    this.#inFlight += flight.length;
    this.#tell();
    return flight;
  }

  /** The outcome of a recipient that was taken. */
  settle(recipient: JobRecipient, answered: Outcome): void {
    this.#settle(recipient, answered);
    this.#advance();
  }

  /**
   * What came of recipients that were taken, all at once: `outcomes` has one for each, or null where it was not answered.
   * Those wait again, in front. `cutOff` is the outcome of the first of them, whose turn it was, when it has been cut off
   * too often; null where nobody is to be charged.
   */
  settleFlight(recipients: readonly JobRecipient[], outcomes: readonly (Outcome | null)[], cutOff: Outcome | null): void {
    let unanswered: JobRecipient[] | null = null;
    for (let i = 0; i < recipients.length; i += 1) {
      const recipient = recipients[i] ?? null;
      const outcome = outcomes[i] ?? null;
      if (outcome === null) (unanswered ??= []).push(recipient);
      else this.#settle(recipient, outcome);
    }
    if (unanswered === null) this.#advance();
    else this.giveBack(unanswered, cutOff);
  }

  /**
   * Whether these answers contradict what the random recipient was told: it was accepted, and somebody else is unknown.
   * That comes of replies in the wrong order, or of a server that takes everybody but some. True at most once: from then
   * on it is asked one by one (`oneByOne`), and where that contradicts itself too, the server means it.
   */
  doubts(recipients: readonly JobRecipient[], outcomes: readonly (Outcome | null)[], askedOneByOne: boolean): boolean {
    if (this.#order === 'proven') return false;
    const random = outcomes[recipients.indexOf(null)];
    if (this.catchAll !== 'accepted' && !(random !== undefined && random !== null && isAccepted(random))) return false;
    if (!outcomes.some((outcome) => outcome !== null && refusesMailbox(outcome))) return false;
    this.#order = this.#order === 'trusted' && !askedOneByOne ? 'doubted' : 'proven';
    return this.#order === 'doubted';
  }

  /** Recipients that were taken but never answered: they wait again, in front. `cutOff` as with `settleFlight`. */
  giveBack(recipients: readonly JobRecipient[], cutOff: Outcome | null): void {
    for (let i = recipients.length - 1; i >= 0; i -= 1) {
      const recipient = recipients[i] ?? null;
      if (i === 0 && cutOff !== null && this.#isCutOffTooOften(recipient)) {
        this.#settle(recipient, cutOff);
        continue;
      }
      this.#inFlight -= 1;
      if (recipient === null) this.#randomState = 'needed';
      else this.#waiting.push(recipient);
    }
    this.#advance();
  }

  /** Everything that waits gets this outcome; what is in flight keeps its own. */
  failWaiting(failed: Outcome): void {
    const outcome = this.#asOurs(failed);
    if (this.#randomState === 'needed') this.#randomState = 'settled';
    for (let address = this.#waiting.pop(); address !== undefined; address = this.#waiting.pop()) {
      this.#held.push({ address, outcome });
    }
    this.#advance();
  }

  get #local(): string {
    this.#randomLocal ??= randomLocalFor(this.claim.facts);
    return this.#randomLocal;
  }

  #settle(recipient: JobRecipient, answered: Outcome): void {
    const outcome = this.#asOurs(answered);
    this.#inFlight -= 1;
    if (recipient === null) this.#settleRandom(outcome);
    else this.#held.push({ address: recipient, outcome });
  }

  /** Domains that share a server may have names of their own for it (Microsoft 365): evidence names this domain's. */
  #asOurs(outcome: Outcome): Outcome {
    if (outcome === this.#lastSeen && this.#lastOurs !== null) return this.#lastOurs;
    const { target } = outcome;
    const mxHost = target === null ? undefined : this.#mxNames?.get(target.ip);
    const ours = target === null || mxHost === undefined || mxHost === target.mxHost ? outcome : { ...outcome, target: { ip: target.ip, mxHost } };
    this.#lastSeen = outcome;
    this.#lastOurs = ours;
    return ours;
  }

  #isCutOffTooOften(recipient: JobRecipient): boolean {
    this.#cutOffs ??= new Map();
    const times = (this.#cutOffs.get(recipient) ?? 0) + 1;
    this.#cutOffs.set(recipient, times);
    return times >= MAX_CUT_OFFS;
  }

  #settleRandom(outcome: Outcome): void {
    this.#randomState = 'settled';
    const { result, target, atMs } = outcome;
    // Without an answer, what was known before stays known.
    if (result.kind !== 'reply') return;
    const { reply, classification } = result;
    const fact = { ...reply, local: this.#local, mxHost: target?.mxHost ?? '', ip: target?.ip ?? '', atMs };
    this.random = { fact, answer: { reply, classification } };
    this.catchAll = catchAllOf(classification);
  }

  /** Judges what can be judged, and ends when nothing is left. */
  #advance(): void {
    if (this.#ended) return;
    if (this.#randomState === 'settled' && this.#held.length > 0) {
      const ready = this.#held;
      this.#held = [];
      // Acceptances first: a bare refusal is judged by whether the domain accepts anybody (faults row 28).
      // Of another server than the one whose refusals are judged, an acceptance says nothing.
      for (const { outcome: { result, target } } of ready) {
        if (this.acceptedAny) break;
        if (result.kind === 'reply' && isAcceptance(result.reply.code) && !isOtherServer(this.random, target)) this.acceptedAny = true;
      }
      for (const { address, outcome } of ready) this.#events.judged(this, address, outcome);
    }
    if (this.#waiting.length + this.#inFlight === 0 && this.#randomState !== 'needed') {
      this.#ended = true;
      this.#tell();
      this.#events.ended(this);
    } else {
      this.#tell();
    }
  }

  #tell(): void {
    const by = this.waiting - this.#told;
    if (by === 0) return;
    this.#told += by;
    this.#events.waitingChanged?.(this, by);
  }
}

function isAccepted({ result }: Outcome): boolean {
  return result.kind === 'reply' && result.classification.reason === 'accepted';
}

/** Words about a mailbox, or a bare refusal, which means it where others are accepted. */
function refusesMailbox({ result }: Outcome): boolean {
  if (result.kind !== 'reply' || result.reply.code < 500) return false;
  return result.classification.bare || statusOf(result.classification.reason) === 'undeliverable';
}

/** 250 and 251 accept the recipient (RFC 5321 4.2.3); 252 promises nothing. */
function isAcceptance(code: number): boolean {
  return code === 250 || code === 251;
}
