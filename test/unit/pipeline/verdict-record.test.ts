// The record of one attempt: rule 9 (every verdict carries its evidence) and what several attempts come to, as properties.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyReply } from '../../../electron/engine/classify/classify-reply.ts';
import { knownRandom } from '../../../electron/engine/pipeline/random-recipient.ts';
import type { Outcome, OutcomeResult } from '../../../electron/engine/pipeline/outcome.ts';
import { createVerdictMaker, verdictRecord, type DomainKnowledge, type RecordOptions } from '../../../electron/engine/pipeline/verdict-record.ts';
import type { EarlierVerdict, VerdictRecord } from '../../../electron/worker/interface.ts';
import { DEFAULT_SETTINGS, settingsSchema } from '../../../shared/settings/schema.ts';
import { HEARD, type RandomFact } from '../../../shared/verdict/evidence.ts';
import { makeReply } from '../../../shared/verdict/reply.ts';
import { scoreOf } from '../../../shared/verdict/score.ts';
import { statusOf } from '../../../shared/verdict/verdict.ts';
import { reply } from '../classify/classify-helpers.ts';

const NOW_MS = 1_760_000_000_000;
const MX1 = { mxHost: 'mx1.a.test', ip: '127.0.0.1' };
const MX2 = { mxHost: 'mx2.a.test', ip: '127.0.0.2' };
const RANDOM: RandomFact = { code: 550, enhanced: '5.1.1', text: 'No such user', local: 'w1', ...MX1, atMs: NOW_MS - 5_000 };
const DOMAIN: DomainKnowledge = { catchAll: 'refused', acceptedAny: false, random: knownRandom(RANDOM), unverifiableProvider: false, implicitMx: false, aliasedMx: false, servedBy: [] };
const OPTIONS: RecordOptions = { settings: DEFAULT_SETTINGS, practice: false, lists: { flagsOf: () => ({ flags: [], didYouMean: null }) } };

const replied = (text: string): OutcomeResult => {
  const given = reply(text);
  return { kind: 'reply', reply: given, classification: classifyReply({ reply: given, stage: 'RCPT' }) };
};
const timedOut: OutcomeResult = { kind: 'failure', failure: { code: 'Timeout', stage: 'RCPT', reply: null, detail: 'no reply in 60 s' } };
const refusedSession: OutcomeResult = { kind: 'failure', failure: { code: 'SessionRefused', stage: 'CONNECT', reply: reply('421 4.7.0 Too many connections'), detail: '' } };
const outcomeOf = (result: OutcomeResult, more: Partial<Outcome> = {}): Outcome => ({ result, target: MX1, tls: 'none', atMs: NOW_MS, ...more });

function record(outcome: Outcome, more: { attempt?: number; earlier?: EarlierVerdict | null } = {}, domain: Partial<DomainKnowledge> = {}, options: Partial<RecordOptions> = {}) {
  return verdictRecord({ rowId: 1, address: 'user@a.test', attempt: 1, earlier: null, ...more }, outcome, { ...DOMAIN, ...domain }, { ...OPTIONS, ...options });
}

const anyResult: fc.Arbitrary<OutcomeResult> = fc.oneof(
  fc.tuple(fc.integer({ min: 200, max: 599 }), fc.string()).map(([code, text]) => {
    const given = makeReply(code, [text]);
    return { kind: 'reply' as const, reply: given, classification: classifyReply({ reply: given, stage: 'RCPT' }) };
  }),
  fc.constantFrom(timedOut, refusedSession),
  fc.constant<OutcomeResult>({ kind: 'local', stage: 'DNS', reason: 'dns_temporary', detail: 'SERVFAIL' }),
);

describe('rule 9: every verdict carries its evidence', () => {
  it('stage, code, enhanced code, text, host, IP, TLS, time and attempt, whatever happened', () => {
    const where = fc.constantFrom(MX1, MX2);
    fc.assert(
      fc.property(anyResult, where, fc.constantFrom('none', 'unverified', 'verified'), fc.integer({ min: 1, max: 9 }), (result, target, tls, attempt) => {
        const { evidence } = record(outcomeOf(result, { target, tls }), { attempt });
        const [own] = evidence;
        expect(own).toMatchObject({ ...target, tls, atMs: NOW_MS, attempt });
        if (result.kind === 'reply') expect(own).toMatchObject({ stage: 'RCPT', code: result.reply.code, enhanced: result.reply.enhanced, text: result.reply.text });
        if (result.kind === 'failure') expect(own).toMatchObject({ stage: result.failure.stage, code: result.failure.reply?.code ?? null });
        if (result.kind === 'local') expect(own).toMatchObject({ stage: 'DNS', code: null, text: 'SERVFAIL' });
        expect(evidence.every((piece) => piece.attempt === attempt)).toBe(true);
      }),
    );
  });

  it('and beside a reply what the random recipient was told, by whom and when, in whatever chunk that was', () => {
    const { evidence } = record(outcomeOf(replied('250 Ok'), { target: MX2 }));
    expect(evidence[1]).toEqual({
      stage: 'RCPT', code: 550, enhanced: '5.1.1', text: 'random recipient: No such user', ...MX1, tls: null, atMs: NOW_MS - 5_000, attempt: 1,
    });
  });
});

describe('MX hosts that disagree', () => {
  it('an acceptance counts where the same host, or a host of the same provider, refused the random recipient', () => {
    expect(record(outcomeOf(replied('250 Ok'))).reason).toBe('accepted');
    expect(record(outcomeOf(replied('250 Ok'), { target: { ...MX1, ip: '127.0.0.9' } })).reason).toBe('accepted');
    expect(record(outcomeOf(replied('250 Ok'), { target: { ...MX2, ip: MX1.ip } })).reason).toBe('accepted');
    expect(record(outcomeOf(replied('250 Ok'), { target: MX2 })).reason).toBe('accepted_unproven');
    const google = (mxHost: string, ip: string) => ({ mxHost, ip });
    const random = knownRandom({ ...RANDOM, ...google('aspmx.l.google.com', '127.0.0.3') });
    expect(record(outcomeOf(replied('250 Ok'), { target: google('alt1.aspmx.l.google.com', '127.0.0.4') }), {}, { random }).reason).toBe('accepted');
    const spool = knownRandom({ ...RANDOM, mxHost: 'spool.mail.gandi.net', ip: '127.0.0.3' });
    expect(record(outcomeOf(replied('250 Ok'), { target: google('fb.mail.gandi.net', '127.0.0.4') }), {}, { random: spool }).reason).toBe('accepted_unproven');
  });

  it('a provider that accepts everybody proves nothing, also where it is only the backup', () => {
    expect(record(outcomeOf(replied('250 Ok'), { target: { mxHost: 'mta5.am0.yahoodns.net', ip: '127.0.0.5' } })).reason).toBe('provider_unverifiable');
  });
});

describe('several attempts', () => {
  /** As the store does it: each attempt gets what the one before has left. */
  function attempts(results: readonly OutcomeResult[]): readonly VerdictRecord[] {
    const records: VerdictRecord[] = [];
    for (const [index, result] of results.entries()) records.push(record(outcomeOf(result), { attempt: index + 1, earlier: records.at(-1) ?? null }));
    return records;
  }

  it('come to the last of those that heard the most', () => {
    const passing = fc.constantFrom<OutcomeResult>(
      replied('450 4.7.1 Greylisted'), replied('451 4.3.0 Temporary lookup failure'), refusedSession, timedOut,
      { kind: 'local', stage: 'DNS', reason: 'dns_temporary', detail: 'SERVFAIL' },
    );
    fc.assert(
      fc.property(fc.array(passing, { minLength: 1, maxLength: 6 }), (results) => {
        const alone = results.map((result) => record(outcomeOf(result)));
        const most = Math.max(...alone.map(({ heard }) => HEARD.indexOf(heard)));
        const expected = alone.findLast(({ heard }) => HEARD.indexOf(heard) === most);
        const last = attempts(results).at(-1);
        expect([last?.reason, last?.heard, last?.reply]).toEqual([expected?.reason, expected?.heard, expected?.reply]);
        expect(last?.attempt).toBe(results.length);
      }),
    );
  });

  it('keep the words and the host that decided, and the evidence of what was tried now', () => {
    const [, second] = attempts([replied('450 4.7.1 Greylisted, come back'), timedOut]);
    expect(second).toMatchObject({ reason: 'greylisted', reply: '450 4.7.1 Greylisted, come back', mx: 'mx1.a.test', attempt: 2, heard: 'recipient' });
    expect(second?.evidence).toMatchObject([{ stage: 'RCPT', code: null, text: 'no reply in 60 s', attempt: 2 }]);
  });

  it('wait as long as the more patient of both, and end where what was said last does not pass', () => {
    const settings = settingsSchema.parse({ retry: { greylistNextMs: 1_800_000, backoffMs: 1_000, backoffMaxMs: 1_000 } });
    const earlier: EarlierVerdict = { reason: 'greylisted', heard: 'recipient', reply: '450', mx: null };
    expect(record(outcomeOf(timedOut), { attempt: 2, earlier }, {}, { settings }).retryAtMs).toBeGreaterThanOrEqual(NOW_MS + 1_800_000);
    const blocked: OutcomeResult = { kind: 'failure', failure: { code: 'SessionRefused', stage: 'CONNECT', reply: reply('554 5.7.1 blocked using zen.spamhaus.org'), detail: '' } };
    expect(record(outcomeOf(blocked), { attempt: 2, earlier }, {}, { settings })).toMatchObject({ reason: 'greylisted', retryAtMs: null });
  });
});

describe('flags and score of a record', () => {
  it('name who runs the mail servers, and follow the weights of the run', () => {
    const settings = settingsSchema.parse({ score: { base: { accepted: 90 }, flags: { implicit_mx: 30 } } });
    const made = record(outcomeOf(replied('250 Ok')), {}, { implicitMx: true, servedBy: ['gateway:mimecast', 'provider:microsoft-365'] }, { settings });
    expect(made.flags).toEqual(['implicit_mx', 'gateway:mimecast', 'provider:microsoft-365']);
    expect(made.score).toBe(60);
    expect(scoreOf(made.reason, made.flags)).toBe(95);
  });

  it('are those of the lists that the run was given', () => {
    const lists: RecordOptions['lists'] = { flagsOf: () => ({ flags: ['trap'], didYouMean: 'other@a.test' }) };
    expect(record(outcomeOf(replied('250 Ok')), {}, {}, { lists })).toMatchObject({ reason: 'possible_trap', didYouMean: 'other@a.test', score: 20 });
    expect(statusOf(record(outcomeOf(replied('550 5.1.1 User unknown')), {}, {}, { lists }).reason)).toBe('undeliverable');
  });
});

describe('createVerdictMaker', () => {
  it('gives the same record as one made by itself, whatever was made before', () => {
    const lists: RecordOptions['lists'] = {
      flagsOf: ({ local }) => ({ flags: local.startsWith('info') ? ['role'] : local.startsWith('x') ? ['disposable', 'tagged'] : [], didYouMean: local === 'x' ? 'x@b.test' : null }),
    };
    const earlier: EarlierVerdict = { reason: 'greylisted', heard: 'recipient', reply: '451 4.7.1 Greylisted', mx: 'mx1.a.test' };
    const outcomes = ['250 2.1.5 Ok', '550 5.1.1 User unknown', '550 no', '451 4.7.1 Greylisted'].map((text) => outcomeOf(replied(text)));
    const places = [...outcomes, outcomeOf(timedOut), outcomeOf(replied('250 2.1.5 Ok'), { target: MX2, tls: 'verified', atMs: NOW_MS + 1 })];
    const domains: DomainKnowledge[] = [DOMAIN, { ...DOMAIN, acceptedAny: true }, { ...DOMAIN, catchAll: 'accepted', random: null, servedBy: ['provider:google'] }];
    const step = fc.record({
      local: fc.constantFrom('user', 'info', 'x', 'jörg', 'other'),
      outcome: fc.constantFrom(...places),
      domain: fc.constantFrom(...domains),
      attempt: fc.constantFrom(1, 1, 2),
      earlier: fc.constantFrom(null, null, earlier),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 30 }), (steps) => {
        const options = { ...OPTIONS, lists };
        const make = createVerdictMaker(options);
        for (const [index, { local, outcome, domain, attempt, earlier: before }] of steps.entries()) {
          const claimed = { rowId: index, address: `${local}@a.test`, attempt, earlier: before };
          const [made, alone] = [make(claimed, outcome, domain), verdictRecord(claimed, outcome, domain, options)];
          // The time of a retry is drawn by lot.
          expect({ ...made, retryAtMs: made.retryAtMs === null }).toEqual({ ...alone, retryAtMs: alone.retryAtMs === null });
        }
      }),
    );
  });
});
