// What servers say of recipients, of us and of our sender: rows 25 to 33. Only words about that mailbox (27, and 28 where
// the server takes others) refuse it; everything else is unknown, risky or asked in another way.
import type { Reason } from '../../../shared/verdict/verdict.ts';
import type { Fault } from './fault.ts';
import { drawPeople, isRecipient } from './people.ts';
import { DOMAIN, isRandom, smtpFault, type SmtpRow, type SeenScenario } from './smtp-scenario.ts';

/** One recipient gets this, the others are accepted. */
function hit(reply: string, reason: Reason): SmtpRow {
  return (draw) => {
    const people = drawPeople(draw);
    const others = people.all.length > 1 ? people : { ...people, ...withOneMore(people.all, people.hit) };
    return {
      hosts: [{ answer: (command) => (people.isHit(command) ? `${reply}\r\n` : undefined) }],
      expected: new Map(others.all.map((local) => [local, local === people.hit ? [reason] : ['accepted']])),
    };
  };
}

/** A second person, so that somebody is accepted. */
function withOneMore(all: readonly string[], one: string): { readonly all: readonly string[]; readonly hit: string } {
  return { all: [...all, 'other1'], hit: one };
}

/** Everybody gets this, those who cannot exist too. */
function everybody(reply: string, reason: Reason, inspect?: (seen: SeenScenario) => readonly string[]): SmtpRow {
  return (draw) => ({
    hosts: [{ answer: (command) => (isRecipient(command) ? `${reply}\r\n` : undefined) }],
    expected: drawPeople(draw).everybody(reason),
    ...(inspect === undefined ? {} : { inspect }),
  });
}

const GREYLIST_MS = 300_000;
const MAIL_REFUSALS: readonly [[string, Reason], ...[string, Reason][]] = [
  ['550 5.1.8 <verify@me.test>: Sender address rejected: Domain not found', 'sender_rejected'],
  ['553 5.1.8 sender rejected', 'sender_rejected'],
  ['501 5.1.7 Bad sender address syntax', 'sender_rejected'],
  ['550 5.7.1 no', 'policy_rejected'],
];

export const REFUSAL_FAULTS: readonly Fault[] = [
  ...([450, 451] as const).map((code) =>
    smtpFault(25, `greylisting ${String(code)}`, everybody(`${String(code)} 4.7.1 Recipient address rejected: Greylisted, try again in 300 seconds`, 'greylisted', patient)),
  ),
  smtpFault(26, 'block list at RCPT', everybody('550 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org', 'ip_blocked')),
  smtpFault(26, 'block list at MAIL', (draw) => ({
    hosts: [{ answer: (command) => (command.startsWith('MAIL') ? '554 5.7.1 [192.0.2.1] is listed on bl.spamcop.net\r\n' : undefined) }],
    expected: drawPeople(draw).everybody('ip_blocked'),
  })),
  smtpFault(27, 'unknown user', hit('550 5.1.1 no such user', 'mailbox_not_found'), { mayRefuse: true }),
  smtpFault(28, 'bare refusal of one', hit('550 Requested action not taken', 'mailbox_not_found'), { mayRefuse: true }),
  smtpFault(28, 'bare refusal of everybody', everybody('550 Requested action not taken', 'blanket_reject')),
  smtpFault(28, 'bare refusal where nobody was accepted', (draw) => ({
    hosts: [{ answer: (command) => (isRandom(command) ? '451 4.3.0 later\r\n' : isRecipient(command) ? '550 Requested action not taken\r\n' : undefined) }],
    expected: drawPeople(draw).everybody('policy_rejected'),
  })),
  smtpFault(29, 'mailbox full for now', hit('452 4.2.2 Mailbox full', 'mailbox_full')),
  smtpFault(29, 'mailbox full', hit('552 5.2.2 Quota exceeded', 'mailbox_full')),
  smtpFault(30, 'accepts everybody', everybody('250 2.1.5 ok', 'accept_all')),
  smtpFault(31, 'EHLO unknown', (draw) => ({
    hosts: [{ answer: (command) => (command.startsWith('EHLO') ? draw.pick(['500 5.5.1 unrecognized\r\n', '502 5.5.1 not implemented\r\n', '502\r\n']) : undefined) }],
    expected: drawPeople(draw).everybody('accepted'),
    inspect: ({ servers }) => (servers[0]?.commands().includes('HELO me.test') === true ? [] : ['HELO was not said']),
  })),
  smtpFault(32, 'MAIL refused', (draw) => {
    const [reply, reason] = draw.pick(MAIL_REFUSALS);
    return {
      hosts: [{ answer: (command) => (command.startsWith('MAIL') ? `${reply}\r\n` : isRecipient(command) ? '503 5.5.1 need MAIL first\r\n' : undefined) }],
      expected: drawPeople(draw).everybody(reason),
      inspect: ({ run }) => (run.store.batches.some(({ domains }) => domains.some(({ random }) => random !== null)) ? ['a refusal of our sender was kept of the domain'] : []),
    };
  }),
  smtpFault(33, 'no SMTPUTF8', (draw) => {
    const people = drawPeople(draw);
    return {
      hosts: [{ ehlo: draw.next() < 0.7 ? ['PIPELINING', '8BITMIME'] : ['8BITMIME'] }],
      expected: new Map([...people.everybody('accepted'), ['jürgenß', ['smtputf8_unsupported']]]),
      inspect: ({ servers }) => (servers[0]?.commands() ?? []).filter((command) => /rgen/i.test(command)).map((command) => `transliterated: ${command}`),
    };
  }),
];

/** Not before the greylist's shortest wait (row 25). */
function patient({ run }: SeenScenario): string[] {
  const verdicts = run.store.batches.flatMap((batch) => batch.verdicts);
  const early = verdicts.filter(({ retryAtMs, checkedAtMs }) => retryAtMs !== null && retryAtMs - checkedAtMs < GREYLIST_MS);
  return early.map(({ rowId }) => `row ${String(rowId)} of ${DOMAIN} is asked again before five minutes`);
}
