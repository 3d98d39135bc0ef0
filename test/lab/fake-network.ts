// A resolver and an SMTP pool without sockets, for tests of scheduling: what each server does is a function.
import type { MxLookup, MxResolver } from '../../electron/engine/dns/types.ts';
import type { AcquireResult, FlightRequest, FlightResult, SmtpFailure, SmtpPool, SmtpSession, SmtpTarget } from '../../electron/engine/smtp/types.ts';
import { replyFromText } from '../../shared/verdict/reply.ts';

/** A reply line, or how the session ends at this recipient. */
export type FakeAnswer = string | SmtpFailure;

export interface FakeServer {
  /** Not null: every connection ends like this. */
  readonly connect?: (target: SmtpTarget) => SmtpFailure | null;
  readonly answer: (recipient: string, request: FlightRequest) => FakeAnswer;
  readonly smtputf8?: boolean;
}

export interface FakePool extends SmtpPool {
  readonly flights: readonly { readonly target: SmtpTarget; readonly request: FlightRequest }[];
  readonly peak: number;
}

export function fakeResolver(lookup: (domain: string) => MxLookup): MxResolver {
  return { lookup: (domain) => Promise.resolve(lookup(domain)), lookupNow: () => null, warmUp: () => Promise.resolve(), close: () => undefined };
}

/** One MX host with one address for a domain. */
export function oneHost(name: string, ip: string): MxLookup {
  return { kind: 'hosts', hosts: [{ name, preference: 10, addresses: [{ ip, family: 4 }] }], implicit: false };
}

export function fakePool(server: FakeServer, options: { errorBudget?: number } = {}): FakePool {
  const budget = options.errorBudget ?? 9;
  const flights: { target: SmtpTarget; request: FlightRequest }[] = [];
  let open = 0;
  let peak = 0;
  let closed = false;

  function session(target: SmtpTarget): SmtpSession {
    let errors = 0;
    let asked = 0;
    let ended = false;
    return {
      target,
      tls: 'none',
      pipelining: true,
      smtputf8: server.smtputf8 ?? false,
      get usable() {
        return !ended && errors < budget;
      },
      get spent() {
        return ended || errors >= budget;
      },
      get errors() {
        return errors;
      },
      get recipients() {
        return asked;
      },
      openedAtMs: 0,
      transactionsLeft: 10,
      recipientsPerTransaction: 100,
      get maxFlight() {
        return ended ? 0 : budget - errors;
      },
      async flight(request): Promise<FlightResult> {
        flights.push({ target, request });
        asked += request.recipients.length;
        await Promise.resolve();
        const replies: FlightResult['replies'][number][] = [];
        for (const recipient of request.recipients) {
          const answer = server.answer(recipient, request);
          if (typeof answer !== 'string') {
            ended = true;
            while (replies.length < request.recipients.length) replies.push(null);
            return { mail: null, replies, failure: answer };
          }
          const reply = replyFromText(answer);
          if (reply !== null && reply.code >= 400) errors += 1;
          replies.push(reply);
        }
        return { mail: null, replies, failure: null };
      },
      check: () => Promise.resolve(!ended),
      quit: () => undefined,
      destroy: () => undefined,
    };
  }

  return {
    flights,
    get peak() {
      return peak;
    },
    get size() {
      return open;
    },
    tryAcquire: () => null,
    async acquire(target): Promise<AcquireResult> {
      await Promise.resolve();
      if (closed) return { ok: false, failure: { code: 'PoolClosed', stage: 'CONNECT', reply: null, detail: 'closed' } };
      const failure = server.connect?.(target) ?? null;
      if (failure !== null) return { ok: false, failure };
      open += 1;
      peak = Math.max(peak, open);
      return { ok: true, session: session(target) };
    },
    release() {
      open -= 1;
    },
    close() {
      closed = true;
      return Promise.resolve();
    },
  };
}
