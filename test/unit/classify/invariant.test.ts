// The invariant of the design's verdicts.md, rule by rule, and as properties over replies nobody has written down.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyReply } from '../../../electron/engine/classify/classify-reply.ts';
import { catchAllOf, decideVerdict, type VerdictInput } from '../../../electron/engine/classify/decide-verdict.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/schema.ts';
import { SMTP_STAGES } from '../../../shared/verdict/evidence.ts';
import { makeReply } from '../../../shared/verdict/reply.ts';
import { FLAGS, statusOf } from '../../../shared/verdict/verdict.ts';
import { classify, reply } from './classify-helpers.ts';

const SURE = '550 5.1.1 <x@example.com>: Recipient address rejected: User unknown';

const ABOUT_US = [
  'too many recipients this hour', 'has sent too many messages', 'rate limit exceeded', 'hourly quota exceeded', 'blocked using zen.spamhaus.org',
  'your IP 203.0.113.9 is blacklisted', 'Client host [203.0.113.9] rejected', 'poor reputation of the sending IP', 'Sender address rejected',
  'SPF check failed', 'fails DMARC policy', 'DKIM signature missing', 'reverse DNS lookup failed', 'no PTR record', 'HELO rejected', 'Relay access denied',
  'Must issue a STARTTLS command first', 'rejected due to local policy', 'administrative prohibition', 'Message rejected as spam', 'virus found', 'Greylisted',
  'throttled', 'message size exceeds fixed limit',
];
const ABOUT_THE_MAILBOX = ['User unknown', 'no such user', 'mailbox not found', 'account disabled', 'Recipient does not exist', 'invalid recipient', 'Benutzer unbekannt', 'ящик не существует'];
const FILLER = ['', 'sorry', '<x@example.com>', '[203.0.113.9]', 'mx.example.org', 'error', 'id=12ab', 'please', '-', ':', '#5.1.1', '(5.7.1)', 'see https://example.com/a?b=c', '\u0000\u001b[2J', 'Empfänger', '收件人'];

const enhanced = fc.oneof(fc.constant(''), fc.tuple(fc.constantFrom(2, 4, 5), fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 700 })).map((parts) => `${parts.join('.')} `));
const phrase = fc.oneof(fc.constantFrom(...ABOUT_US, ...ABOUT_THE_MAILBOX, ...FILLER), fc.string({ unit: 'grapheme', maxLength: 30 }));
const text = fc.tuple(enhanced, fc.array(phrase, { maxLength: 5 })).map(([code, phrases]) => code + phrases.join(' '));
const stage = fc.constantFrom(null, ...SMTP_STAGES);

function undeliverable(input: Parameters<typeof classifyReply>[0], known: Partial<VerdictInput> = {}): boolean {
  const classification = classifyReply(input);
  const decision = decideVerdict({
    outcome: { kind: 'reply', classification, reply: input.reply },
    catchAll: 'refused',
    random: null,
    acceptedAny: true,
    unverifiableProvider: false,
    flags: [...FLAGS],
    verdictSettings: DEFAULT_SETTINGS.verdict,
    ...known,
  });
  return statusOf(classification.reason) === 'undeliverable' || statusOf(decision.reason) === 'undeliverable';
}

describe('rule 1: only the reply to this RCPT speaks about this recipient', () => {
  it.each(['CONNECT', 'EHLO', 'HELO', 'STARTTLS', 'MAIL', 'RSET', 'QUIT'] as const)('a certain refusal at %s is unknown', (at) => {
    expect(statusOf(classify(SURE, at).reason)).toBe('unknown');
    expect(classify(SURE, at).scope).not.toBe('recipient');
  });

  it('whatever the reply, no stage before RCPT gives undeliverable', () => {
    const session = fc.constantFrom(...SMTP_STAGES.filter((name) => name !== 'RCPT' && name !== 'DATA'));
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), text, session, (code, words, at) => {
        expect(undeliverable({ reply: makeReply(code, [words]), stage: at })).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('rule 2: evidence is read in order', () => {
  it.each([
    ['words about us before the code', '550 5.1.1 x has sent to too many recipients this hour', 'rate_limited'],
    ['words about the mailbox before the code', '550 5.7.1 No such user!', 'mailbox_not_found'],
    ['the enhanced code before the basic one', '554 5.1.1 sorry', 'mailbox_not_found'],
    ['a contradicting code not at all', '550 2.1.5 sorry', 'policy_rejected'],
    ['an echoed address not at all', '550 5.1.1 <too-many-spam@blacklist.example.com>', 'mailbox_not_found'],
  ])('%s', (_what, words, reason) => {
    expect(classify(words).reason).toBe(reason);
  });

  it('words about us are never undeliverable, whatever code, stage and filler stand with them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 400, max: 599 }), enhanced, fc.constantFrom(...ABOUT_US), fc.constantFrom(...FILLER), fc.constantFrom(...FILLER), stage, (code, status, us, before, after, at) => {
        if (code === 556) return;
        expect(undeliverable({ reply: makeReply(code, [`${status}${before} ${us} ${after}`]), stage: at })).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });

  it('with words about the mailbox beside them, words about us still win', () => {
    fc.assert(
      fc.property(fc.constantFrom(550, 551, 553, 554), enhanced, fc.constantFrom(...ABOUT_US), fc.constantFrom(...ABOUT_THE_MAILBOX), fc.boolean(), (code, status, us, mailbox, usFirst) => {
        const words = usFirst ? `${us}. ${mailbox}` : `${mailbox}. ${us}`;
        expect(undeliverable({ reply: makeReply(code, [status + words]), stage: 'RCPT' })).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('rule 3: 4yz is never undeliverable', () => {
  it('whatever the words, code and stage', () => {
    fc.assert(
      fc.property(fc.integer({ min: 400, max: 499 }), text, stage, fc.boolean(), (code, words, at, acceptedAny) => {
        expect(undeliverable({ reply: makeReply(code, [words]), stage: at }, { acceptedAny })).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });

  it('nor is 2yz or 3yz', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 399 }), text, stage, (code, words, at) => {
        expect(undeliverable({ reply: makeReply(code, [words]), stage: at })).toBe(false);
      }),
    );
  });
});

describe('rule 4: X.7.x is about us or policy unless words or a provider say otherwise', () => {
  it('alone it is never undeliverable, the registered 5.7.13 (user account disabled) aside', () => {
    fc.assert(
      fc.property(fc.constantFrom(550, 551, 553, 554), fc.integer({ min: 0, max: 999 }), fc.constantFrom(...FILLER.slice(0, 10)), (code, detail, filler) => {
        if (detail === 13) return;
        expect(undeliverable({ reply: makeReply(code, [`5.7.${String(detail)} ${filler}`]), stage: 'RCPT' })).toBe(false);
      }),
    );
  });

  it.each(ABOUT_THE_MAILBOX)('with "%s" it is about the mailbox', (words) => {
    expect(statusOf(classify(`550 5.7.1 ${words}`).reason)).toBe('undeliverable');
  });
});

describe('rule 5: an acceptance is deliverable only where a random recipient was refused', () => {
  it('whatever the random recipient was told otherwise', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), text, (code, words) => {
        const random = { reply: makeReply(code, [words]), classification: classifyReply({ reply: makeReply(code, [words]), stage: 'RCPT' }) };
        const catchAll = catchAllOf(random.classification);
        const { reason } = decideVerdict({
          outcome: { kind: 'reply', reply: reply('250 Ok'), classification: classify('250 Ok') },
          catchAll, random, acceptedAny: false, unverifiableProvider: false, flags: [], verdictSettings: DEFAULT_SETTINGS.verdict,
        });
        expect(statusOf(reason) === 'deliverable').toBe(catchAll === 'refused');
        // A 4yz, an acceptance, or a refusal of us proves nothing of the domain.
        if (code < 500) expect(catchAll).not.toBe('refused');
        if (random.classification.scope === 'us' && !random.classification.bare) expect(catchAll).not.toBe('refused');
      }),
      { numRuns: 2000 },
    );
  });
});

describe('rule 6: what was not answered in step has no verdict', () => {
  it.each(['ProtocolError', 'Dropped', 'Timeout'] as const)('%s is unknown, though the domain accepted others', (code) => {
    const { reason, provisional } = decideVerdict({
      outcome: { kind: 'failure', failure: { code, stage: 'RCPT', reply: reply(SURE), detail: '' } },
      catchAll: 'refused', random: null, acceptedAny: true, unverifiableProvider: false, flags: [], verdictSettings: DEFAULT_SETTINGS.verdict,
    });
    expect(statusOf(reason)).toBe('unknown');
    expect(provisional).toBe(false);
  });
});

describe('rule 8: no stage, and stage DATA, are judged as RCPT', () => {
  it.each([SURE, '552 5.2.2 full', '550 blocked by policy', '550 sorry', '451 4.7.1 Greylisted'])('%s', (words) => {
    expect(classify(words, null)).toEqual(classify(words, 'RCPT'));
    expect(classify(words, 'DATA')).toEqual(classify(words, 'RCPT'));
  });

  it('a positive reply to DATA is no acceptance: it is never sent', () => {
    expect(classify('250 Ok', 'DATA').reason).toBe('protocol_error');
  });
});

describe('the classifier as a function', () => {
  it('never throws, is the same each time, and keeps its own rules', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), fc.string({ unit: 'binary', maxLength: 200 }), stage, (code, words, at) => {
        const input = { reply: makeReply(code, [words]), stage: at };
        const first = classifyReply(input);
        expect(classifyReply(input)).toEqual(first);
        if (statusOf(first.reason) === 'undeliverable') expect(first.scope).toBe('recipient');
        if (first.bare) expect(first).toMatchObject({ reason: 'policy_rejected', namesUser: false });
      }),
      { numRuns: 1000 },
    );
  });

  it('sees the same words however the reply was cut into lines', () => {
    const words = fc.array(fc.constantFrom(...ABOUT_US, ...ABOUT_THE_MAILBOX, 'sorry'), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(421, 450, 550, 554), fc.constantFrom('', '5.1.1 ', '5.7.1 '), words, (code, status, phrases) => {
        const tokens = phrases.join(' ').split(' ');
        const whole = makeReply(code, [status + tokens.join(' ')]);
        const cut = makeReply(code, tokens.map((token) => status + token));
        expect(cut).toEqual(whole);
        expect(classifyReply({ reply: cut, stage: 'RCPT' })).toEqual(classifyReply({ reply: whole, stage: 'RCPT' }));
      }),
    );
  });
});
