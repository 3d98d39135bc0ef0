// From a flight's request to the commands that ask it, in order. Pure.
// A transaction is opened where none is open, where the request wants one (`newTransaction`, `breaks`), where the
// reverse-path or the need for SMTPUTF8 changes, and where the open one is full; RSET goes before MAIL only where a
// transaction is open.
import { checkRecipients, mailCommand, needsSmtputf8, rcptCommand, rcptLines, RSET, toLines, type Command, type Commands } from './commands.ts';
import type { FlightRequest } from './types.ts';

/** The mail transaction that is open on a connection (RFC 5321 3.3). */
export interface OpenTransaction {
  readonly from: string;
  readonly smtputf8: boolean;
  readonly recipients: number;
}

/** What a command asks: a step ≥ 0 is RCPT for that recipient of the request. */
export const MAIL_STEP = -1;
export const RSET_STEP = -2;

export interface FlightPlan {
  /** For each command what it asks. Flat numbers: an object a command would cost more than the command. */
  readonly steps: readonly number[];
  readonly recipients: readonly string[];
  /** The MAIL of its transactions. */
  readonly mail: Command;
  /** How many transactions it opens. */
  readonly transactions: number;
  /** Whether an address in it needs SMTPUTF8. */
  readonly smtputf8: boolean;
  /** What is open after it. */
  readonly open: OpenTransaction | null;
}

/** RSET alone: how an unused connection is asked whether it is alive. It counts like a transaction (Exim's bound). */
export const HEALTH_CHECK: FlightPlan = { steps: [RSET_STEP], recipients: [], mail: mailCommand('', false), transactions: 1, smtputf8: false, open: null };

/** Throws a TypeError for an address that no command may hold, a RangeError for `breaks` that are none. `perTransaction` ≥ 1. */
export function planFlight(request: FlightRequest, open: OpenTransaction | null, perTransaction: number): FlightPlan {
  const { from, recipients, breaks } = request;
  if (breaks !== undefined) assertBreaks(breaks, recipients.length);
  const smtputf8 = checkRecipients(recipients) || needsSmtputf8(from);
  const mail = mailCommand(from, smtputf8);
  const steps: number[] = [];
  const goesOn = !request.newTransaction && open?.from === from && (open.smtputf8 || !smtputf8);
  // An open transaction that is not gone on with is as good as full.
  let inTransaction = goesOn ? open.recipients : perTransaction;
  let isOpen = open !== null;
  let transactions = 0;
  let nextBreak = 0;
  for (let index = 0; index < recipients.length; index += 1) {
    const isBreak = breaks?.[nextBreak] === index;
    if (isBreak) nextBreak += 1;
    if (isBreak || inTransaction >= perTransaction) {
      if (isOpen) steps.push(RSET_STEP);
      steps.push(MAIL_STEP);
      isOpen = true;
      inTransaction = 0;
      transactions += 1;
    }
    steps.push(index);
    inTransaction += 1;
  }
  // Gone on with: it stays the transaction that it was, SMTPUTF8 or not.
  const last = { from, smtputf8: transactions === 0 && open !== null ? open.smtputf8 : smtputf8, recipients: inTransaction };
  return { steps, recipients, mail, transactions, smtputf8, open: last };
}

/** All commands of the plan, to be written at once. */
export function wholeFlight({ steps, recipients, mail }: FlightPlan): Commands {
  let lines = '';
  let first = 0;
  let before = 0;
  for (const step of steps) {
    if (step >= 0) {
      before = step + 1;
      continue;
    }
    if (before > first) lines += rcptLines(recipients.slice(first, before));
    first = before;
    lines += toLines(step === RSET_STEP ? RSET : mail);
  }
  lines += rcptLines(first === 0 ? recipients : recipients.slice(first));
  return lines as Commands;
}

/** One command of the plan, by its place in `steps`. */
export function commandAt({ steps, recipients, mail }: FlightPlan, place: number): Command {
  const step = steps[place] ?? RSET_STEP;
  if (step >= 0) return rcptCommand(recipients[step] ?? '');
  return step === MAIL_STEP ? mail : RSET;
}

function assertBreaks(breaks: readonly number[], recipients: number): void {
  let before = 0;
  for (const at of breaks) {
    if (!Number.isInteger(at) || at <= before || at >= recipients) throw new RangeError('Breaks that do not ascend within the flight');
    before = at;
  }
}
