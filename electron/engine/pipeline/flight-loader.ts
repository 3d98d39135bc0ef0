// Loads a session's flights from its destination's jobs in fair turn, so that one round trip serves as many domains as
// the session's bounds allow: a transaction holds recipients of one domain only (Gmail and Microsoft refuse two), a
// flight holds several small transactions.
// Always holds: a flight stays within `maxFlight`, what the destination allows now, and `transactionsLeft`; a domain keeps its turn for one transaction's
// worth of recipients, however big it is; its random recipient goes first. Never asks anybody.
import type { ClaimedAddress } from '../../worker/interface.ts';
import type { SmtpSession } from '../smtp/types.ts';
import type { DestinationQueue } from './destination-queue.ts';
import type { DomainJob, JobRecipient } from './domain-job.ts';

/** What a flight holds of one job, in the order in which it is asked. */
export interface Portion {
  readonly job: DomainJob;
  readonly recipients: readonly JobRecipient[];
  /** True where a transaction begins with it. */
  readonly opens: boolean;
}

export interface Load {
  readonly portions: readonly Portion[];
  /** Of all portions, as they are put on the wire. */
  readonly recipients: readonly string[];
  readonly newTransaction: boolean;
  readonly breaks: readonly number[];
  /** True where a job in it has doubts about answers in order. */
  readonly oneByOne: boolean;
}

export interface FlightLoaderOptions {
  /** An address that this session cannot be asked about, because the server does not offer SMTPUTF8: taken, and to be
   *  settled at once. */
  readonly onUnaskable: (job: DomainJob, address: ClaimedAddress) => void;
}

export class FlightLoader {
  readonly #queue: DestinationQueue;
  readonly #session: SmtpSession;
  readonly #options: FlightLoaderOptions;
  /** Recipients of one turn. */
  readonly #turn: number;
  #job: DomainJob | null = null;
  #inTurn = 0;
  /** The job's next recipient begins a transaction. */
  #opens = true;

  constructor(queue: DestinationQueue, session: SmtpSession, options: FlightLoaderOptions) {
    this.#queue = queue;
    this.#session = session;
    this.#options = options;
    this.#turn = session.recipientsPerTransaction;
  }

  /** The server takes no more recipients in the open transaction. */
  transactionFull(): void {
    this.#inTurn = this.#turn;
  }

  /** The next flight; null where nobody waits or the session is spent. Everybody in it is taken from his job. */
  next(): Load | null {
    const session = this.#session;
    let room = Math.min(session.maxFlight, this.#queue.flightRoom);
    // Going on may cost one as well: MAIL is said again where an address needs SMTPUTF8 and the open one has not said it.
    let transactions = session.transactionsLeft - (this.#goesOn() !== null && session.smtputf8 ? 1 : 0);
    const portions: Portion[] = [];
    const recipients: string[] = [];
    const breaks: number[] = [];
    while (room > 0) {
      const job = this.#goesOn() ?? (transactions > 0 ? this.#nextTurn() : null);
      if (job === null) break;
      const taken = job.take(Math.min(room, this.#turn - this.#inTurn));
      const asked = session.smtputf8 ? taken : this.#withoutUnaskable(job, taken);
      if (asked.length === 0) continue;
      const opens = this.#opens;
      if (opens) {
        transactions -= 1;
        if (recipients.length > 0) breaks.push(recipients.length);
      }
      portions.push({ job, recipients: asked, opens });
      for (const recipient of asked) recipients.push(recipient === null ? job.randomAddress : recipient.address);
      this.#opens = false;
      this.#inTurn += asked.length;
      room -= asked.length;
    }
    const [first] = portions;
    return first === undefined ? null : { portions, recipients, newTransaction: first.opens, breaks, oneByOne: portions.some(({ job }) => job.oneByOne) };
  }

  /** The job whose turn it still is. */
  #goesOn(): DomainJob | null {
    return this.#job !== null && this.#inTurn < this.#turn && this.#job.waiting > 0 ? this.#job : null;
  }

  #nextTurn(): DomainJob | null {
    this.#job = this.#queue.nextJob();
    this.#inTurn = 0;
    this.#opens = true;
    return this.#job;
  }

  #withoutUnaskable(job: DomainJob, recipients: readonly JobRecipient[]): readonly JobRecipient[] {
    if (recipients.every(isAskable)) return recipients;
    const asked: JobRecipient[] = [];
    for (const recipient of recipients) {
      if (recipient === null || isAskable(recipient)) asked.push(recipient);
      else this.#options.onUnaskable(job, recipient);
    }
    return asked;
  }
}

/** A UTF-8 local part goes only to a server that offers SMTPUTF8 (RFC 6531 3.2); it is never transliterated. */
function isAskable(recipient: JobRecipient): boolean {
  return recipient === null || ASCII.test(recipient.address);
}

const ASCII = /^[\x20-\x7e]*$/;
