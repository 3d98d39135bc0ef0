import { describe, expect, it } from 'vitest';
import { catchAllOf, decideVerdict, type RandomAnswer, type VerdictInput } from '../../../electron/engine/classify/decide-verdict.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/schema.ts';
import { classify, reply } from './classify-helpers.ts';

const answer = (text: string): RandomAnswer => ({ reply: reply(text), classification: classify(text) });

function decide(text: string, known: Partial<VerdictInput> = {}) {
  return decideVerdict({
    outcome: { kind: 'reply', ...answer(text) },
    catchAll: 'not_run',
    random: null,
    acceptedAny: false,
    unverifiableProvider: false,
    flags: [],
    verdictSettings: DEFAULT_SETTINGS.verdict,
    ...known,
  });
}

const final = (reason: string) => ({ reason, provisional: false });
const provisional = (reason: string) => ({ reason, provisional: true });

describe('decideVerdict: an acceptance', () => {
  it.each([
    ['refused', 'accepted'],
    ['accepted', 'accept_all'],
    ['not_run', 'accepted_unproven'],
    ['inconclusive', 'accepted_unproven'],
  ] as const)('where the random recipient was %s: %s', (catchAll, reason) => {
    expect(decide('250 2.1.5 Ok', { catchAll })).toMatchObject(final(reason));
    expect(decide('251 will forward', { catchAll })).toMatchObject(final(reason));
  });

  it('by another server than the one that refused the random recipient is not proven', () => {
    expect(decide('250 Ok', { catchAll: 'refused', otherServer: true })).toMatchObject(final('accepted_unproven'));
    expect(decide('250 Ok', { catchAll: 'accepted', otherServer: true })).toMatchObject(final('accept_all'));
    expect(decide('250 Ok', { catchAll: 'refused', otherServer: true, flags: ['role'] })).toMatchObject(final('accepted_unproven'));
  });

  it('proves nothing at a provider that accepts everybody', () => {
    expect(decide('250 Ok', { catchAll: 'accepted', unverifiableProvider: true })).toMatchObject(final('provider_unverifiable'));
    expect(decide('250 Ok', { catchAll: 'refused', unverifiableProvider: true })).toMatchObject(final('provider_unverifiable'));
  });

  it('is never told of 252', () => {
    expect(decide('252 Cannot VRFY user', { catchAll: 'refused' })).toMatchObject(final('provider_unverifiable'));
  });

  it('is told of a busy mailbox without a random recipient', () => {
    expect(decide('450 4.2.1 The user you are trying to contact is receiving mail too quickly')).toMatchObject(final('accepted_busy'));
  });

  it.each([
    [['disposable'], 'disposable'],
    [['role'], 'role'],
    [['no_reply'], 'no_reply'],
    [['typo'], 'possible_typo'],
    [['trap'], 'possible_trap'],
    [['role', 'trap'], 'possible_trap'],
    [['role', 'disposable'], 'disposable'],
    [['role', 'no_reply'], 'no_reply'],
    [['free', 'tagged', 'smtputf8', 'special_use'], 'accepted'],
  ] as const)('with flags %j: %s', (flags, reason) => {
    expect(decide('250 Ok', { catchAll: 'refused', flags })).toMatchObject(final(reason));
  });

  it.each([
    ['disposable', 'riskyDisposable'],
    ['role', 'riskyRole'],
    ['no_reply', 'riskyNoReply'],
    ['typo', 'riskyTypo'],
    ['trap', 'riskyTrap'],
  ] as const)('the list %s can be switched off', (flag, setting) => {
    const verdictSettings = { ...DEFAULT_SETTINGS.verdict, [setting]: false };
    expect(decide('250 Ok', { catchAll: 'refused', flags: [flag], verdictSettings })).toMatchObject(final('accepted'));
  });

  it('lists never soften or sharpen anything else', () => {
    expect(decide('250 Ok', { catchAll: 'accepted', flags: ['role'] })).toMatchObject(final('accept_all'));
    expect(decide('550 5.1.1 User unknown', { flags: ['role', 'disposable'] })).toMatchObject(final('mailbox_not_found'));
    expect(decide('451 4.7.1 Greylisted', { flags: ['role'] })).toMatchObject(final('greylisted'));
  });
});

describe('decideVerdict: a refusal', () => {
  it('that names the user stands, whatever the random recipient got', () => {
    const text = '550 5.1.1 User unknown';
    expect(decide(text)).toMatchObject(final('mailbox_not_found'));
    expect(decide(text, { random: answer(text), catchAll: 'refused' })).toMatchObject(final('mailbox_not_found'));
    expect(decide(text, { random: answer('250 Ok'), catchAll: 'accepted' })).toMatchObject(final('mailbox_not_found'));
    expect(decide('550 5.4.1 Recipient address rejected: Access denied', { random: answer('550 5.4.1 Recipient address rejected: Access denied') })).toMatchObject(final('mailbox_not_found'));
  });

  it('that is bare waits for an acceptance of somebody', () => {
    expect(decide('550 sorry')).toMatchObject(provisional('policy_rejected'));
    expect(decide('550 sorry', { random: answer('250 Ok'), catchAll: 'accepted' })).toMatchObject(provisional('policy_rejected'));
    expect(decide('550 sorry', { random: answer('550 sorry'), catchAll: 'refused' })).toMatchObject(provisional('blanket_reject'));
    expect(decide('550 sorry', { random: answer('550 sorry'), catchAll: 'refused', acceptedAny: true })).toMatchObject(final('mailbox_not_found'));
    expect(decide('550 sorry', { acceptedAny: true })).toMatchObject(final('mailbox_not_found'));
  });

  it('that is bare proves nothing where another server accepted somebody', () => {
    expect(decide('550 sorry', { acceptedAny: true, otherServer: true })).toMatchObject(final('policy_rejected'));
    expect(decide('550 sorry', { acceptedAny: true, otherServer: true, random: answer('550 sorry') })).toMatchObject(final('blanket_reject'));
    expect(decide('550 5.1.1 User unknown', { otherServer: true })).toMatchObject(final('mailbox_not_found'));
  });

  it('that says only "recipient address rejected" is treated like a bare one', () => {
    const text = '550 <x@example.com>: Recipient address rejected.';
    expect(decide(text)).toMatchObject(provisional('policy_rejected'));
    expect(decide(text, { random: answer('550 <q@example.com>: Recipient address rejected.') })).toMatchObject(provisional('blanket_reject'));
    expect(decide(text, { acceptedAny: true })).toMatchObject(final('mailbox_not_found'));
  });

  it('that is vague and given to everybody is a blanket one', () => {
    const text = '550 5.7.1 Access denied';
    expect(decide(text)).toMatchObject(final('policy_rejected'));
    expect(decide(text, { random: answer('550 5.7.1 Access denied. [id 12]'), catchAll: 'inconclusive' })).toMatchObject(final('blanket_reject'));
    expect(decide(text, { random: answer('550 5.1.1 User unknown'), catchAll: 'refused' })).toMatchObject(final('policy_rejected'));
    expect(decide(text, { random: answer('550 5.7.1 Access denied'), acceptedAny: true })).toMatchObject(final('blanket_reject'));
  });

  it('that says why it refuses us keeps saying so, also where everybody got it', () => {
    const text = '554 5.7.1 Service unavailable; Client host [203.0.113.9] blocked using zen.spamhaus.org';
    expect(decide(text, { random: answer(text), catchAll: 'inconclusive' })).toMatchObject(final('ip_blocked'));
    const rate = '450 4.7.1 Too many recipients received this hour';
    expect(decide(rate, { random: answer(rate), catchAll: 'inconclusive' })).toMatchObject(final('rate_limited'));
  });

  it('of the domain is no blanket one', () => {
    const text = '550 5.1.2 This domain is not hosted here';
    expect(decide(text, { random: answer(text) })).toMatchObject(final('domain_not_accepting'));
  });
});

describe('decideVerdict: no reply of its own', () => {
  it.each([
    [{ code: 'Dropped', stage: 'RCPT', reply: null, detail: '' }, 'dropped'],
    [{ code: 'SessionClosed', stage: 'MAIL', reply: reply('550 5.1.1 User unknown'), detail: '' }, 'sender_rejected'],
  ] as const)('%j: %s', (failure, reason) => {
    expect(decide('250 Ok', { outcome: { kind: 'failure', failure }, acceptedAny: true })).toMatchObject(final(reason));
  });
});

describe('decideVerdict: the last gate', () => {
  it.each([
    ['450 x', { reason: 'mailbox_not_found', scope: 'recipient', confidence: 'high', bare: false, namesUser: true }],
    ['550 x', { reason: 'mailbox_not_found', scope: 'us', confidence: 'high', bare: false, namesUser: true }],
    ['550 x', { reason: 'mailbox_disabled', scope: 'server', confidence: 'high', bare: false, namesUser: true }],
  ] as const)('lets no classification through that contradicts its reply: %s %j', (text, classification) => {
    expect(decide(text, { outcome: { kind: 'reply', reply: reply(text), classification } })).toMatchObject(final('server_error'));
  });
});

describe('catchAllOf', () => {
  it.each([
    ['250 Ok', 'accepted'],
    ['251 Ok', 'accepted'],
    ['252 perhaps', 'inconclusive'],
    ['550 5.1.1 User unknown', 'refused'],
    ['550 5.2.1 account disabled', 'refused'],
    ['550', 'refused'],
    ['550 5.7.1 Access denied', 'inconclusive'],
    ['554 blocked using zen.spamhaus.org', 'inconclusive'],
    ['450 4.1.1 User unknown', 'inconclusive'],
    ['451 4.7.1 Greylisted', 'inconclusive'],
    ['421 4.7.0 too many errors', 'inconclusive'],
    ['452 4.2.2 mailbox full', 'inconclusive'],
    ['450 4.2.1 The user you are trying to contact is receiving mail too quickly', 'inconclusive'],
    ['550 5.1.2 domain not hosted here', 'inconclusive'],
  ])('%s: %s', (text, expected) => {
    expect(catchAllOf(classify(text))).toBe(expected);
  });

  it('is not_run where nobody was asked', () => {
    expect(catchAllOf(null)).toBe('not_run');
  });
});

describe('decideVerdict: attempts', () => {
  const failed = (code: 'Timeout' | 'SessionRefused', text: string | null) =>
    ({ kind: 'failure', failure: { code, stage: 'CONNECT', reply: text === null ? null : reply(text), detail: '' } }) as const;
  const greylisted = { reason: 'greylisted', heard: 'recipient' } as const;
  const limited = { reason: 'rate_limited', heard: 'session' } as const;
  const blocked = '554 5.7.1 blocked using zen.spamhaus.org';

  it.each([
    ['silence after an answer', failed('Timeout', null), greylisted, 'greylisted'],
    ['a refused session after an answer', failed('SessionRefused', blocked), greylisted, 'greylisted'],
    ['silence after words', failed('Timeout', null), limited, 'rate_limited'],
    ['words after words', failed('SessionRefused', blocked), limited, 'ip_blocked'],
    ['silence after silence', failed('Timeout', null), { reason: 'no_connect', heard: 'nothing' }, 'timeout'],
    ['DNS for the moment after an answer', { kind: 'local', reason: 'dns_temporary' }, greylisted, 'greylisted'],
    ['DNS for certain after an answer', { kind: 'local', reason: 'domain_not_found' }, greylisted, 'domain_not_found'],
    ['words after silence', failed('SessionRefused', blocked), { reason: 'timeout', heard: 'nothing' }, 'ip_blocked'],
  ] as const)('%s', (_what, outcome, earlier, reason) => {
    expect(decide('250 Ok', { outcome, earlier })).toMatchObject(final(reason));
  });

  it('a later answer always counts', () => {
    expect(decide('550 5.1.1 User unknown', { earlier: greylisted })).toMatchObject(final('mailbox_not_found'));
    expect(decide('451 4.3.0 Temporary failure', { earlier: greylisted })).toMatchObject(final('server_error'));
  });
});
