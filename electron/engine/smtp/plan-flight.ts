// From a flight's request to the commands that ask it, in order. Pure.
// A transaction is opened where none is open, where the request wants one, where the reverse-path or the need for
// SMTPUTF8 changes, and where the open one is full; RSET goes before MAIL only where a transaction is open.
import { mailCommand, needsSmtputf8, rcptCommand, RSET, type Command } from './commands.ts';
import type { FlightRequest } from './types.ts';

/** The mail transaction that is open on a connection (RFC 5321 3.3). */
export interface OpenTransaction {
  readonly from: string;
  readonly smtputf8: boolean;
  readonly recipients: number;
}

export type FlightStep =
  | { readonly verb: 'RSET' | 'MAIL'; readonly command: Command }
  /** `index`: which recipient of the request. */
  | { readonly verb: 'RCPT'; readonly command: Command; readonly index: number };

export interface FlightPlan {
  readonly steps: readonly FlightStep[];
  /** How many transactions it opens. */
  readonly transactions: number;
  /** What is open after it. */
  readonly open: OpenTransaction;
}

/** Throws a TypeError for an address that no command may hold. `perTransaction` ≥ 1. */
export function planFlight(request: FlightRequest, open: OpenTransaction | null, perTransaction: number): FlightPlan {
  const { from, recipients } = request;
  const utf8 = needsSmtputf8(from) || recipients.some(needsSmtputf8);
  const steps: FlightStep[] = [];
  let transactions = 0;
  let resetFirst = open !== null;
  let current = open !== null && !request.newTransaction && open.from === from && (open.smtputf8 || !utf8) ? open : null;
  recipients.forEach((recipient, index) => {
    if (current === null || current.recipients >= perTransaction) {
      if (resetFirst) steps.push({ verb: 'RSET', command: RSET });
      steps.push({ verb: 'MAIL', command: mailCommand(from, utf8) });
      current = { from, smtputf8: utf8, recipients: 0 };
      resetFirst = true;
      transactions += 1;
    }
    steps.push({ verb: 'RCPT', command: rcptCommand(recipient), index });
    current = { ...current, recipients: current.recipients + 1 };
  });
  return { steps, transactions, open: current ?? { from, smtputf8: utf8, recipients: 0 } };
}
