// The table of verdict rules: each rule of the design's verdicts.md as a property over all replies, stages, failures and
// domain facts, the invariant, and each row by an example of its own. The oracles are written out here, not derived.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyReply } from '../../../electron/engine/classify/classify-reply.ts';
import { decideVerdict, type RandomAnswer, type VerdictInput } from '../../../electron/engine/classify/decide-verdict.ts';
import type { Classification } from '../../../electron/engine/classify/types.ts';
import { VERDICT_RULES } from '../../../electron/engine/classify/verdict-rules.ts';
import type { SmtpFailure } from '../../../electron/engine/smtp/types.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/schema.ts';
import { HEARD, SMTP_STAGES, type SmtpReply, type SmtpStage } from '../../../shared/verdict/evidence.ts';
import { makeReply } from '../../../shared/verdict/reply.ts';
import { FLAGS, REASONS, statusOf, type Reason } from '../../../shared/verdict/verdict.ts';
import { classify, reply } from './classify-helpers.ts';

const PHRASES = [
  'User unknown', 'mailbox not found', 'account disabled', 'mailbox full', 'blocked using zen.spamhaus.org', 'too many connections from your IP address',
  'Sender address rejected', 'Relay access denied', 'Greylisted', 'Access denied', 'sorry', 'rejected due to local policy', '', '<x@example.com>',
];

const code = fc.integer({ min: 200, max: 599 });
const words = fc
  .tuple(fc.constantFrom('', '5.1.1 ', '4.2.1 ', '5.7.1 ', '2.1.5 ', '5.4.1 '), fc.array(fc.oneof(fc.constantFrom(...PHRASES), fc.string({ maxLength: 20 })), { maxLength: 3 }))
  .map(([enhanced, phrases]) => enhanced + phrases.join(' '));
const anyReply = fc.tuple(code, words).map(([number, text]) => makeReply(number, [text]));
/** What a classifier with any defect could say. */
const wild: fc.Arbitrary<Classification> = fc.record({
  reason: fc.constantFrom(...REASONS),
  scope: fc.constantFrom('recipient', 'us', 'server'),
  confidence: fc.constantFrom('high', 'fair', 'low'),
  bare: fc.boolean(),
  namesUser: fc.boolean(),
});
const atRcpt = (given: SmtpReply): Classification => classifyReply({ reply: given, stage: 'RCPT' });
const judged = anyReply.map((given) => ({ kind: 'reply', reply: given, classification: atRcpt(given) }) as const);
const wildReply = fc.tuple(anyReply, wild).map(([given, classification]) => ({ kind: 'reply', reply: given, classification }) as const);
const failure: fc.Arbitrary<SmtpFailure> = fc.record({
  code: fc.constantFrom('ConnectFailed', 'ConnectTimeout', 'Timeout', 'PoolExhausted', 'Dropped', 'PoolClosed', 'ProtocolError', 'BlockedTarget', 'SessionRefused', 'SessionClosed'),
  stage: fc.constantFrom(...SMTP_STAGES),
  reply: fc.option(anyReply),
  detail: fc.string(),
});
const failed = failure.map((given) => ({ kind: 'failure', failure: given }) as const);
const domain: fc.Arbitrary<Required<Omit<VerdictInput, 'outcome'>>> = fc.record({
  catchAll: fc.constantFrom('not_run', 'accepted', 'refused', 'inconclusive'),
  random: fc.option(anyReply.map((given): RandomAnswer => ({ reply: given, classification: atRcpt(given) })), { nil: null }),
  otherServer: fc.boolean(),
  acceptedAny: fc.boolean(),
  unverifiableProvider: fc.boolean(),
  // Only what is unknown is ever asked again; a store that says otherwise must not be believed.
  earlier: fc.option(fc.record({ reason: fc.constantFrom(...REASONS), heard: fc.constantFrom(...HEARD) }), { nil: null }),
  flags: fc.subarray([...FLAGS].slice(0, 13)),
  verdictSettings: fc.record({ riskyRole: fc.boolean(), riskyDisposable: fc.boolean(), riskyNoReply: fc.boolean(), riskyTypo: fc.boolean(), riskyTrap: fc.boolean() }),
});

const PLAIN = {
  catchAll: 'not_run', random: null, otherServer: false, acceptedAny: false, unverifiableProvider: false, earlier: null, flags: [], verdictSettings: DEFAULT_SETTINGS.verdict,
} as const satisfies Omit<VerdictInput, 'outcome'>;
const runs = { numRuns: 2_000 };

function decide(outcome: VerdictInput['outcome'], known: Partial<VerdictInput> = {}) {
  return decideVerdict({ outcome, ...PLAIN, ...known });
}

const said = (text: string, stage: SmtpStage | null = 'RCPT') => ({ kind: 'reply', reply: reply(text), classification: classify(text, stage) }) as const;

describe('the invariant', () => {
  it('undeliverable needs certain DNS, or an in-step 5yz to this RCPT that speaks of the recipient, whatever the classifier says', () => {
    const local = fc.constantFrom(...REASONS).map((reason) => ({ kind: 'local', reason }) as const);
    fc.assert(
      fc.property(fc.oneof(judged, wildReply, failed, local), domain, (outcome, known) => {
        const { reason } = decideVerdict({ outcome, ...known });
        if (statusOf(reason) !== 'undeliverable') return;
        if (outcome.kind === 'local') {
          expect(reason).toBe(outcome.reason);
          return;
        }
        expect(outcome.kind).toBe('reply');
        if (outcome.kind !== 'reply') return;
        expect(outcome.reply.code).toBeGreaterThanOrEqual(500);
        expect(outcome.classification.scope).toBe('recipient');
        const { bare, namesUser } = outcome.classification;
        // What does not name the user counts only where the same server takes others.
        if (bare || (outcome.classification.reason === 'mailbox_not_found' && !namesUser)) expect([known.acceptedAny, known.otherServer]).toEqual([true, false]);
      }),
      { numRuns: 5_000 },
    );
  });

  it('what waits to become "not found" is a refusal of the recipient by the server that is compared with', () => {
    fc.assert(
      fc.property(fc.oneof(wildReply, failed), domain, (outcome, known) => {
        const { provisional, reason } = decideVerdict({ outcome, ...known });
        if (!provisional) return;
        expect(statusOf(reason)).toBe('unknown');
        expect(known.otherServer).toBe(false);
        expect(outcome.kind === 'reply' && outcome.reply.code >= 500 && outcome.classification.scope === 'recipient').toBe(true);
      }),
      runs,
    );
  });
});

describe('rule 1: only the reply to this RCPT speaks about this recipient', () => {
  it('whatever ended the session, and wherever', () => {
    fc.assert(
      fc.property(failed, domain, (outcome, known) => {
        expect(statusOf(decideVerdict({ outcome, ...known }).reason)).toBe('unknown');
      }),
      runs,
    );
  });

  it('a reply to any other command is never said of the recipient', () => {
    const before = fc.constantFrom<SmtpStage>('CONNECT', 'EHLO', 'HELO', 'STARTTLS', 'MAIL', 'RSET', 'QUIT');
    fc.assert(
      fc.property(anyReply, before, domain, (given, stage, known) => {
        const outcome = { kind: 'reply', reply: given, classification: classifyReply({ reply: given, stage }) } as const;
        expect(statusOf(decideVerdict({ outcome, ...known }).reason)).toBe('unknown');
      }),
      runs,
    );
  });
});

describe('rule 2: words about us, words about the mailbox, the enhanced code, the basic code', () => {
  it.each([
    ['550 5.1.1 x has sent to too many recipients this hour', 'rate_limited'],
    ['550 5.7.1 No such user', 'mailbox_not_found'],
    ['554 5.1.1 sorry', 'mailbox_not_found'],
    ['550 5.1.1 <too-many-spam@blacklist.example.com>', 'mailbox_not_found'],
  ] as const)('%s: %s, whatever is known of the domain', (text, reason) => {
    fc.assert(
      fc.property(domain, (known) => {
        expect(decideVerdict({ outcome: said(text), ...known }).reason).toBe(reason);
      }),
    );
  });

  it('a code of another class is as good as none', () => {
    fc.assert(
      fc.property(domain, fc.constantFrom('2.1.5', '4.1.1', '4.2.2'), (known, wrong) => {
        expect(decideVerdict({ outcome: said(`550 ${wrong} sorry`), ...known }).reason).toBe(decideVerdict({ outcome: said('550 sorry'), ...known }).reason);
      }),
    );
  });

  it('a bare refusal means the mailbox only beside an acceptance by the same server', () => {
    fc.assert(
      fc.property(domain, (known) => {
        const { reason } = decideVerdict({ outcome: said('550 sorry'), ...known });
        expect(reason === 'mailbox_not_found').toBe(known.acceptedAny && !known.otherServer);
        if (reason !== 'mailbox_not_found') expect(['policy_rejected', 'blanket_reject']).toContain(reason);
      }),
    );
  });
});

describe('rule 3: 4yz is never undeliverable', () => {
  it('whatever the classifier says of it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 400, max: 499 }), words, wild, domain, (number, text, classification, known) => {
        const outcome = { kind: 'reply', reply: makeReply(number, [text]), classification } as const;
        const { reason, provisional } = decideVerdict({ outcome, ...known });
        expect(statusOf(reason)).not.toBe('undeliverable');
        expect(provisional).toBe(false);
      }),
      runs,
    );
  });
});

describe('rule 4: X.7.x is about us or about policy', () => {
  it('and never undeliverable by itself, whatever else is known', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999 }), fc.constantFrom('', 'sorry', 'Access denied', 'see https://example.com/x'), domain, (detail, text, known) => {
        // 5.7.13 is registered as "user account disabled".
        if (detail === 13) return;
        const { reason } = decideVerdict({ outcome: said(`550 5.7.${String(detail)} ${text}`), ...known });
        expect(statusOf(reason)).toBe('unknown');
      }),
      runs,
    );
  });

  it('the same for everybody is a blanket refusal', () => {
    const random = { reply: reply('550 5.7.1 Access denied'), classification: classify('550 5.7.1 Access denied') };
    expect(decide(said('550 5.7.1 Access denied'), { random, catchAll: 'inconclusive' }).reason).toBe('blanket_reject');
  });
});

describe('rule 5: an acceptance is deliverable only where the same domain refused a random recipient', () => {
  it('by the same server, at a provider that tells', () => {
    fc.assert(
      fc.property(fc.constantFrom('250 2.1.5 Ok', '251 will forward'), domain, (text, known) => {
        const { reason } = decideVerdict({ outcome: said(text), ...known, flags: [] });
        const oracle: Reason = known.unverifiableProvider
          ? 'provider_unverifiable'
          : known.catchAll === 'accepted'
            ? 'accept_all'
            : known.catchAll === 'refused' && !known.otherServer
              ? 'accepted'
              : 'accepted_unproven';
        expect(reason).toBe(oracle);
      }),
      runs,
    );
  });

  it('and lists only ever make a proven acceptance risky', () => {
    fc.assert(
      fc.property(fc.oneof(judged, failed), domain, (outcome, known) => {
        const { reason } = decideVerdict({ outcome, ...known });
        const { reason: without } = decideVerdict({ outcome, ...known, flags: [] });
        if (reason !== without) expect([statusOf(without), statusOf(reason)]).toEqual(['deliverable', 'risky']);
      }),
      runs,
    );
  });
});

describe('rule 6: out of step there is no verdict', () => {
  it('whatever was read, and whatever is known of the domain', () => {
    const outOfStep = fc.constantFrom('ProtocolError', 'Dropped', 'Timeout');
    fc.assert(
      fc.property(outOfStep, fc.option(anyReply), domain, (kind, given, known) => {
        const outcome = { kind: 'failure', failure: { code: kind, stage: 'RCPT', reply: given, detail: '' } } as const;
        const { reason, provisional } = decideVerdict({ outcome, ...known });
        expect(statusOf(reason)).toBe('unknown');
        expect(provisional).toBe(false);
      }),
    );
  });
});

describe('rule 8: no stage, and stage DATA, are judged as RCPT', () => {
  it('for every refusal and everything known of the domain', () => {
    fc.assert(
      fc.property(fc.integer({ min: 400, max: 599 }), words, domain, (number, text, known) => {
        const given = makeReply(number, [text]);
        const [atNone, atData, at] = ([null, 'DATA', 'RCPT'] as const).map(
          (stage) => decideVerdict({ outcome: { kind: 'reply', reply: given, classification: classifyReply({ reply: given, stage }) }, ...known }),
        );
        expect(atNone).toEqual(at);
        expect(atData).toEqual(at);
      }),
      runs,
    );
  });
});

describe('the table', () => {
  const denied = { reply: reply('550 5.7.1 Access denied'), classification: classify('550 5.7.1 Access denied') };
  const bare = { reply: reply('550 sorry'), classification: classify('550 sorry') };
  const timeout = { kind: 'failure', failure: { code: 'Timeout', stage: 'RCPT', reply: null, detail: '' } } as const;
  const unfounded = { ...said('450 x'), classification: { ...classify('550 5.1.1 User unknown') } };
  const EXAMPLES: Readonly<Record<string, readonly [VerdictInput['outcome'], Partial<VerdictInput>, Reason]>> = {
    'dns-is-certain': [{ kind: 'local', reason: 'null_mx' }, {}, 'null_mx'],
    'earlier-says-more': [timeout, { earlier: { reason: 'greylisted', heard: 'recipient' } }, 'greylisted'],
    'no-reply-of-its-own': [timeout, {}, 'timeout'],
    'not-said-of-the-recipient': [unfounded, {}, 'server_error'],
    'provider-accepts-everybody': [said('250 Ok'), { catchAll: 'refused', unverifiableProvider: true }, 'provider_unverifiable'],
    'random-accepted': [said('250 Ok'), { catchAll: 'accepted' }, 'accept_all'],
    'random-not-refused': [said('250 Ok'), { catchAll: 'inconclusive' }, 'accepted_unproven'],
    'random-refused-elsewhere': [said('250 Ok'), { catchAll: 'refused', otherServer: true }, 'accepted_unproven'],
    disposable: [said('250 Ok'), { catchAll: 'refused', flags: ['disposable', 'typo', 'trap', 'no_reply', 'role'] }, 'disposable'],
    typo: [said('250 Ok'), { catchAll: 'refused', flags: ['typo', 'trap', 'no_reply', 'role'] }, 'possible_typo'],
    trap: [said('250 Ok'), { catchAll: 'refused', flags: ['trap', 'no_reply', 'role'] }, 'possible_trap'],
    'no-reply': [said('250 Ok'), { catchAll: 'refused', flags: ['no_reply', 'role'] }, 'no_reply'],
    role: [said('250 Ok'), { catchAll: 'refused', flags: ['role'] }, 'role'],
    accepted: [said('250 Ok'), { catchAll: 'refused' }, 'accepted'],
    'bare-refusal-of-one': [said('550 sorry'), { acceptedAny: true, random: bare }, 'mailbox_not_found'],
    'bare-refusal-of-all': [said('550 sorry'), { random: bare }, 'blanket_reject'],
    'bare-refusal': [said('550 sorry'), { random: denied }, 'policy_rejected'],
    'policy-for-all': [said('550 5.7.1 Access denied'), { random: denied }, 'blanket_reject'],
    'as-the-reply-says': [said('550 5.1.1 User unknown'), { acceptedAny: true, random: bare }, 'mailbox_not_found'],
  };

  it('has an example for each row, and each row a name and words of its own', () => {
    expect(VERDICT_RULES.map(({ id }) => id).sort()).toEqual(Object.keys(EXAMPLES).sort());
    expect(new Set(VERDICT_RULES.map((rule) => rule.words)).size).toBe(VERDICT_RULES.length);
    for (const rule of VERDICT_RULES) expect(rule.words).toMatch(/^[A-Z].{15,}\.$/);
  });

  it.each(Object.entries(EXAMPLES))('row %s', (id, [outcome, known, reason]) => {
    const decision = decide(outcome, known);
    expect([decision.rule.id, decision.reason]).toEqual([id, reason]);
  });

  it('keeps every rule of the design that is about more than one reply', () => {
    const kept = new Set(VERDICT_RULES.flatMap((rule) => rule.design));
    // 7 is kept by the domain's job (an answered recipient has its outcome), 9 by the record too.
    expect([1, 2, 3, 4, 5, 6, 8, 9].filter((rule) => !kept.has(rule))).toEqual([]);
  });
});
