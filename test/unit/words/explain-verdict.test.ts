// Explanations of verdicts: for every reason and every kind of evidence, and a few word for word.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../shared/verdict/evidence.ts';
import { SMTP_STAGES } from '../../../shared/verdict/evidence.ts';
import { FLAGS, REASONS, statusOf, type Reason } from '../../../shared/verdict/verdict.ts';
import { explainVerdict, type ExplainedVerdict, type Explanation } from '../../../shared/words/explain-verdict.ts';

const AT_MS = Date.UTC(2026, 0, 2, 3, 4, 5);
const piece = (more: Partial<Evidence> = {}): Evidence => ({
  stage: 'RCPT', code: 250, enhanced: '2.1.5', text: 'Ok', mxHost: 'mx1.a.example', ip: '192.0.2.1', tls: 'none', atMs: AT_MS, attempt: 1, ...more,
});
const random = (more: Partial<Evidence> = {}) => piece({ code: 550, enhanced: '5.1.1', text: 'random recipient: No such user', ...more });

function facts(reason: Reason, more: Partial<ExplainedVerdict> = {}): ExplainedVerdict {
  return {
    address: 'ann@a.example', reason, flags: [], reply: null, mx: null, attempt: 1, retryAtMs: null, didYouMean: null, evidence: [], ...more,
  };
}
const explain = (reason: Reason, more: Partial<ExplainedVerdict> = {}) => explainVerdict(facts(reason, more));
const all = (explanation: Explanation) => Object.values(explanation).join(' ');

/** Every way in which evidence can be, beside none. */
const KINDS = {
  none: [],
  dns: [piece({ stage: 'DNS', code: null, enhanced: null, text: 'SERVFAIL', mxHost: null, ip: null, tls: null })],
  local: [piece({ stage: 'LOCAL', code: null, enhanced: null, text: 'the server does not offer SMTPUTF8, which this address needs' })],
  unreached: [piece({ stage: 'CONNECT', code: null, enhanced: null, text: 'connection refused' })],
  greeting: [piece({ stage: 'CONNECT', code: 554, enhanced: '5.7.1', text: 'go away' })],
  mail: [piece({ stage: 'MAIL', code: 550, enhanced: null, text: 'sender unknown' })],
  silence: [piece({ code: null, enhanced: null, text: 'no reply in 60 s' })],
  reply: [piece()],
  compared: [piece(), random()],
  elsewhere: [piece({ mxHost: 'mx2.a.example', ip: '192.0.2.2' }), random()],
  twice: [piece({ code: 450, enhanced: '4.7.1', text: 'Greylisted' }), piece({ code: null, enhanced: null, text: 'no reply', attempt: 2 })],
} as const satisfies Readonly<Record<string, readonly Evidence[]>>;

describe('explainVerdict', () => {
  const cases = REASONS.flatMap((reason) => Object.entries(KINDS).map(([kind, evidence]) => [reason, kind, evidence] as const));

  it.each(cases)('%s with evidence %s is said in whole sentences', (reason, _kind, evidence) => {
    for (const retryAtMs of [null, AT_MS]) {
      for (const didYouMean of [null, 'ann@b.example']) {
        const explanation = explain(reason, { evidence, retryAtMs, didYouMean, reply: '250 2.1.5 Ok', mx: 'mx1.a.example' });
        for (const part of Object.values(explanation) as string[]) {
          expect(part).toMatch(/^(?:\p{Lu}|\d).{8,}[.?!]$/su);
          expect(part).not.toMatch(/undefined|null|NaN|\[object|\{|\}|\s\s|\.\.|“”/);
        }
      }
    }
  });

  it.each(cases.filter(([reason]) => statusOf(reason) === 'unknown'))('%s with evidence %s blames nobody', (reason, _kind, evidence) => {
    for (const attempt of [1, 4]) {
      // What a server says is a quotation; ours is the rest.
      const ours = all(explain(reason, { evidence, attempt })).replaceAll(/“[^”]*”/g, '');
      expect(ours).not.toMatch(/does not exist|no such|would bounce|remove the address|invalid|undeliverable|\bbad\b|\bdead\b|wrong address/i);
    }
  });

  it.each(REASONS.filter((reason) => statusOf(reason) === 'undeliverable'))('%s is told as a fact', (reason) => {
    const text = all(explain(reason, { evidence: reason.startsWith('syntax_') ? KINDS.local : KINDS.reply }));
    expect(text).not.toMatch(/may well exist|perhaps|probably|might/i);
    expect(text).toMatch(/remove/i);
  });

  it('an acceptance that was compared', () => {
    expect(explain('accepted', { evidence: KINDS.compared, reply: '250 2.1.5 Ok', mx: 'mx1.a.example' })).toEqual({
      asked: 'The mail server mx1.a.example [192.0.2.1] was asked whether it takes mail for ann@a.example. For comparison it was asked about an address that cannot exist.',
      answered: 'It answered: “250 2.1.5 Ok”. About the address that cannot exist it answered: “550 5.1.1 No such user”.',
      means: 'The mailbox exists and takes mail.',
      advice: 'Safe to send.',
    });
  });

  it('an acceptance by another server than the one that refused', () => {
    const explanation = explain('accepted_unproven', { evidence: KINDS.elsewhere, reply: '250 2.1.5 Ok' });
    expect(explanation.asked).toContain('For comparison mx1.a.example was asked about an address that cannot exist.');
    expect(explanation.answered).toContain('that other server answered: “550 5.1.1 No such user”.');
    expect(explanation.means).toContain('It may be a stand-in that says yes to all.');
  });

  it('an acceptance with nothing to compare', () => {
    expect(explain('accepted_unproven', { evidence: KINDS.reply, reply: '250 2.1.5 Ok' }).answered).toBe(
      'It answered: “250 2.1.5 Ok”. About an address that cannot exist there is no answer to compare with.',
    );
  });

  it('a greylist that is asked again, and one that was asked often enough', () => {
    const evidence = [piece({ code: 450, enhanced: '4.7.1', text: 'Greylisted' })];
    const waiting = explainVerdict(facts('greylisted', { evidence, reply: '450 4.7.1 Greylisted', retryAtMs: AT_MS }), { formatTime: () => '03:04' });
    expect(waiting.advice).toBe('Nothing to do now: it is asked again by itself at 03:04. Keep the address until then.');
    expect(waiting.means).toMatch(/the address is asked about again\.$/);
    expect(explain('greylisted', { evidence, retryAtMs: AT_MS }).advice).toContain('at 2026-01-02 03:04 UTC.');
    expect(explain('greylisted', { evidence, attempt: 4 }).advice).toBe(
      'It was asked 4 times and is not asked again in this run. Keep the address, and verify the list again tomorrow.',
    );
  });

  it('an answer that stands though later attempts heard less', () => {
    const { answered, asked } = explain('greylisted', { evidence: KINDS.twice, reply: '450 4.7.1 Greylisted', attempt: 2 });
    expect(answered).toBe('It answered: “450 4.7.1 Greylisted”. When it was asked again later, less was heard than this, so this stands.');
    expect(asked).toMatch(/This was attempt 2\.$/);
  });

  it('a syntax fault, where it is, and what was probably meant', () => {
    const evidence = [piece({ stage: 'LOCAL', code: null, enhanced: null, text: 'syntax_space at character 5', mxHost: null, ip: null, tls: null, attempt: 0 })];
    expect(explain('syntax_space', { evidence, attempt: 0, didYouMean: 'ann@gmail.com' })).toEqual({
      asked: 'Nobody was asked: the address itself was read.',
      answered: 'The rules for addresses do not allow it: the address has a space inside. See character 5.',
      means: 'No mail server could accept an address that is written like this.',
      advice: 'Was ann@gmail.com meant? Compare before you remove it. Correct the address if you can tell what was meant; otherwise remove it.',
    });
  });

  it('a domain that does not exist', () => {
    const evidence = [piece({ stage: 'DNS', code: null, enhanced: null, text: 'the domain does not exist (NXDOMAIN, asked twice)', mxHost: null, ip: null, tls: null })];
    const { asked, answered } = explain('domain_not_found', { evidence });
    expect(asked).toBe('DNS, the internet’s directory of domains, was asked which servers take mail for a.example.');
    expect(answered).toBe('It answered twice that there is no domain a.example.');
  });

  it('a refusal before the address was named', () => {
    const { asked, answered, means } = explain('ip_blocked', { evidence: KINDS.greeting, reply: '554 5.7.1 go away' });
    expect(asked).toBe('The mail server mx1.a.example [192.0.2.1] was reached, to ask whether it takes mail for ann@a.example.');
    expect(answered).toBe('The conversation ended before an answer about this address. The server said: “554 5.7.1 go away”.');
    expect(means).toContain('about the machine that asks, not about the address');
  });

  it('names the provider and the gateway', () => {
    const google = piece({ mxHost: 'aspmx.l.google.com' });
    expect(explain('accepted', { evidence: [google], reply: '250 2.1.5 Ok' }).asked).toContain('aspmx.l.google.com [192.0.2.1], run by Google (Gmail, Workspace), was asked');
    const filtered = explain('mailbox_not_found', { evidence: [piece({ mxHost: 'eu-smtp-1.mimecast.com', code: 550, enhanced: null, text: 'Invalid Recipient' })] });
    expect(filtered.asked).toContain('where Mimecast filters mail on behalf of the domain, was asked');
    expect(filtered.means).toContain('The answer is that of Mimecast');
  });

  it('does with a reply alone, where no evidence was kept', () => {
    expect(explain('mailbox_not_found', { reply: '550 5.1.1 User unknown', mx: 'mx1.a.example' })).toMatchObject({
      asked: 'The mail server mx1.a.example was asked whether it takes mail for ann@a.example.',
      answered: 'It answered: “550 5.1.1 User unknown”.',
    });
  });

  it('never throws, and lets no stranger’s text out of its quotation marks or hide in it', () => {
    const hostile = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('” Remove it. “', 'a\u202Eb', 'x'.repeat(70_000), '\u2028', '\u200B', '<script>', ''));
    const evidence: fc.Arbitrary<Evidence> = fc.record({
      stage: fc.constantFrom(...SMTP_STAGES, 'DNS', 'LOCAL'),
      code: fc.option(fc.integer({ min: 200, max: 599 })),
      enhanced: fc.option(fc.constantFrom('5.1.1', '4.7.1')),
      text: fc.tuple(fc.constantFrom('', 'random recipient: '), hostile).map((parts) => parts.join('')),
      mxHost: fc.option(fc.constantFrom('mx1.a.example', 'aspmx.l.google.com')),
      ip: fc.option(fc.constant('192.0.2.1')),
      tls: fc.constant(null),
      atMs: fc.integer(),
      attempt: fc.integer({ min: 0, max: 4 }),
    });
    fc.assert(
      fc.property(fc.constantFrom(...REASONS), fc.array(evidence, { maxLength: 4 }), hostile, hostile, fc.option(hostile), fc.option(fc.integer()), (reason, pieces, address, reply, didYouMean, retryAtMs) => {
        const explanation = explain(reason, { evidence: pieces, address, reply, didYouMean, retryAtMs, flags: [...FLAGS] });
        for (const part of Object.values(explanation) as string[]) {
          expect(part).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
          expect(part.split('“').length).toBe(part.split('”').length);
          expect(part.replaceAll(/“[^“”]*”/g, '')).not.toMatch(/[“”]/);
          expect(part.length).toBeLessThan(2_000);
        }
      }),
    );
  });
});
