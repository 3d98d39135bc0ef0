// A pool for tests of the pipeline that breaks at once where a rule of the wire is broken: too many connections, a flight
// over its bounds, two domains in one transaction, a second random recipient. Flights end when the test says so.
import type { AcquireResult, FlightRequest, FlightResult, SmtpFailure, SmtpPool, SmtpSession, SmtpTarget } from '../../../electron/engine/smtp/types.ts';
import { replyFromText } from '../../../shared/verdict/reply.ts';

export interface StrictPoolOptions {
  readonly connectionsPerTarget: number;
  readonly maxFlight: number;
  readonly transactions: number;
  readonly recipientsPerTransaction: number;
  readonly errorBudget: number;
  /** What a recipient is told, or how the session ends at it. */
  readonly answer: (recipient: string) => string | SmtpFailure;
}

export interface StrictPool extends SmtpPool {
  /** Every recipient as it was put on the wire, in order. */
  readonly wire: readonly string[];
  readonly flights: readonly FlightRequest[];
  readonly peak: number;
  /** Ends one of the flights under way; false if there is none. */
  endFlight(which: number): boolean;
}

export const isRandom = (recipient: string) => !recipient.startsWith('user');
const domainOf = (recipient: string) => recipient.slice(recipient.indexOf('@') + 1);

export function strictPool(options: StrictPoolOptions): StrictPool {
  const wire: string[] = [];
  const flights: FlightRequest[] = [];
  const pending: (() => void)[] = [];
  const open = new Map<string, number>();
  let size = 0;
  let peak = 0;
  let closed = false;

  function session(target: SmtpTarget): SmtpSession {
    const state = { errors: 0, recipients: 0, transactions: 0, over: false, busy: false, domain: '', inTransaction: 0 };
    const room = () => {
      const left = (options.transactions - state.transactions) * options.recipientsPerTransaction;
      return state.over ? 0 : Math.max(0, Math.min(options.maxFlight, options.errorBudget - state.errors, left));
    };
    const begin = (recipient: string) => {
      state.transactions += 1;
      state.inTransaction = 0;
      state.domain = domainOf(recipient);
      if (state.transactions > options.transactions) throw new Error('more transactions than the session may have');
    };
    const check = ({ recipients, newTransaction, breaks = [] }: FlightRequest) => {
      if (state.busy) throw new Error('two flights at once');
      if (recipients.length === 0 || recipients.length > room()) throw new Error(`a flight of ${String(recipients.length)} where ${String(room())} are left`);
      for (const [i, recipient] of recipients.entries()) {
        if ((i === 0 && newTransaction) || breaks.includes(i) || state.inTransaction === options.recipientsPerTransaction) begin(recipient);
        if (domainOf(recipient) !== state.domain) throw new Error('two domains in one transaction');
        state.inTransaction += 1;
      }
    };
    const answer = ({ recipients }: FlightRequest): FlightResult => {
      const replies: FlightResult['replies'][number][] = [];
      for (const recipient of recipients) {
        const said = options.answer(recipient);
        if (typeof said !== 'string') {
          state.over = true;
          while (replies.length < recipients.length) replies.push(null);
          return { mail: null, replies, failure: said };
        }
        const reply = replyFromText(said);
        if (reply !== null && reply.code >= 400) state.errors += 1;
        replies.push(reply);
      }
      return { mail: null, replies, failure: null };
    };
    return {
      target,
      tls: 'none',
      pipelining: true,
      smtputf8: false,
      openedAtMs: 0,
      recipientsPerTransaction: options.recipientsPerTransaction,
      get usable() { return room() > 0; },
      get spent() { return room() === 0; },
      get errors() { return state.errors; },
      get recipients() { return state.recipients; },
      get maxFlight() { return room(); },
      get transactionsLeft() { return options.transactions - state.transactions; },
      flight(request) {
        check(request);
        state.busy = true;
        state.recipients += request.recipients.length;
        flights.push(request);
        wire.push(...request.recipients);
        return new Promise((resolve) => {
          pending.push(() => {
            state.busy = false;
            resolve(answer(request));
          });
        });
      },
      check: () => Promise.resolve(!state.over),
      quit() { state.over = true; },
      destroy() { state.over = true; },
    };
  }

  return {
    wire,
    flights,
    get size() { return size; },
    get peak() { return peak; },
    endFlight(which) {
      const [end] = pending.splice(which % Math.max(1, pending.length), 1);
      end?.();
      return end !== undefined;
    },
    tryAcquire: () => null,
    async acquire(target): Promise<AcquireResult> {
      await Promise.resolve();
      if (closed) return { ok: false, failure: { code: 'PoolClosed', stage: 'CONNECT', reply: null, detail: '' } };
      const count = (open.get(target.ip) ?? 0) + 1;
      if (count > options.connectionsPerTarget) throw new Error('more connections than the rule allows');
      open.set(target.ip, count);
      size += 1;
      peak = Math.max(peak, size);
      return { ok: true, session: session(target) };
    },
    release({ target }) {
      size -= 1;
      open.set(target.ip, (open.get(target.ip) ?? 0) - 1);
    },
    close() {
      closed = true;
      return Promise.resolve();
    },
  };
}
