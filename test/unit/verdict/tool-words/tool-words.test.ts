// Other tools' words for every verdict. The promise is the product's own: nothing is called dead in anybody's words that
// was not found dead, and what nobody told us stays unknown.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXPORT_WORDS, isExportWords } from '../../../../shared/verdict/tool-words/export-words.ts';
import { REACHED } from '../../../../shared/verdict/tool-words/reached.ts';
import { partsOf, type ToolFacts } from '../../../../shared/verdict/tool-words/tool-facts.ts';
import { TOOL_WORDS } from '../../../../shared/verdict/tool-words/tool-words.ts';
import { FLAGS, REASONS, statusOf, type Reason } from '../../../../shared/verdict/verdict.ts';

type Tool = keyof typeof TOOL_WORDS;
const TOOLS = Object.keys(TOOL_WORDS) as Tool[];

/** The words that each tool has, in its first column, for an address that is dead, good, and not known. */
const WORDS: Readonly<Record<Tool, { readonly dead: string; readonly good: string; readonly unknown: string; readonly all: readonly string[] }>> = {
  reacher: { dead: 'invalid', good: 'safe', unknown: 'unknown', all: ['safe', 'risky', 'invalid', 'unknown'] },
  zerobounce: { dead: 'invalid', good: 'valid', unknown: 'unknown', all: ['valid', 'invalid', 'catch-all', 'unknown', 'spamtrap', 'abuse', 'do_not_mail'] },
  neverbounce: { dead: 'invalid', good: 'valid', unknown: 'unknown', all: ['valid', 'invalid', 'disposable', 'catchall', 'unknown'] },
  kickbox: { dead: 'undeliverable', good: 'deliverable', unknown: 'unknown', all: ['deliverable', 'undeliverable', 'risky', 'unknown'] },
};

const facts = (reason: Reason, more: Partial<ToolFacts> = {}): ToolFacts => ({
  reason, score: 50, flags: new Set(), didYouMean: null, mx: 'mx.one.example', address: 'ann@one.example', catchAll: 'not_run', ...more,
});

const anyFacts = fc.record({
  reason: fc.constantFrom(...REASONS),
  score: fc.integer({ min: 0, max: 100 }),
  flags: fc.subarray([...FLAGS]).map((flags) => new Set<string>(flags)),
  didYouMean: fc.option(fc.string()),
  mx: fc.option(fc.string()),
  address: fc.option(fc.constantFrom('ann@one.example', '"a@b"@one.example')),
  catchAll: fc.constantFrom('not_run', 'accepted', 'refused', 'inconclusive'),
});

const row = (tool: Tool, of: ToolFacts): Readonly<Record<string, string>> => {
  const cells = TOOL_WORDS[tool].cells(of);
  return Object.fromEntries(TOOL_WORDS[tool].columns.map((name, index) => [name, cells[index] ?? 'missing']));
};

describe.each(TOOLS)('the words of %s', (tool) => {
  const { columns, cells, suppressed } = TOOL_WORDS[tool];
  const { dead, good, unknown, all } = WORDS[tool];

  it('call an address dead exactly where it was found dead, and unknown where nobody told', () => {
    fc.assert(
      fc.property(anyFacts, (of) => {
        const word = cells(of)[0] ?? '';
        const status = statusOf(of.reason);
        expect(all).toContain(word);
        expect(word === dead).toBe(status === 'undeliverable');
        if (status === 'unknown') expect(word).toBe(unknown);
        if (status === 'deliverable') expect(word).toBe(good);
      }),
      { numRuns: 1_000 },
    );
  });

  it('call nothing good that could be a trap, a mistake, full, or anybody', () => {
    for (const reason of ['possible_trap', 'possible_typo', 'mailbox_full', 'accept_all', 'accepted_unproven', 'disposable'] as const) {
      expect(cells(facts(reason))[0]).not.toBe(good);
    }
  });

  it('fill every column, whatever the verdict', () => {
    fc.assert(fc.property(anyFacts, (of) => { expect(cells(of).length).toBe(columns.length); }));
    expect(new Set(columns).size).toBe(columns.length);
    if (suppressed !== undefined) expect(suppressed.length).toBe(columns.length);
  });

  it('call no suppressed address dead or good', () => {
    expect([dead, good]).not.toContain(suppressed?.[0]);
  });
});

describe('particular verdicts', () => {
  it('in the words of Reacher', () => {
    expect(row('reacher', facts('accepted', { catchAll: 'refused' }))).toEqual({
      is_reachable: 'safe', 'misc.is_disposable': 'false', 'misc.is_role_account': 'false', 'misc.gravatar_url': '',
      'mx.accepts_mail': 'true', 'smtp.can_connect': 'true', 'smtp.has_full_inbox': 'false', 'smtp.is_catch_all': 'false',
      'smtp.is_deliverable': 'true', 'smtp.is_disabled': 'false', 'syntax.is_valid_syntax': 'true', 'syntax.domain': 'one.example',
      'syntax.username': 'ann', error: '',
    });
    expect(row('reacher', facts('mailbox_disabled'))).toMatchObject({ is_reachable: 'invalid', 'smtp.is_disabled': 'true' });
    expect(row('reacher', facts('mailbox_full'))).toMatchObject({ is_reachable: 'risky', 'smtp.has_full_inbox': 'true', 'smtp.is_deliverable': 'false' });
    expect(row('reacher', facts('accept_all'))).toMatchObject({ is_reachable: 'risky', 'smtp.is_catch_all': 'true' });
    expect(row('reacher', facts('ip_blocked'))).toMatchObject({ is_reachable: 'unknown', error: 'ip_blocked' });
    expect(row('reacher', facts('syntax_no_at', { address: null }))).toMatchObject({
      is_reachable: 'invalid', 'syntax.is_valid_syntax': 'false', 'mx.accepts_mail': 'false', 'syntax.domain': '',
    });
    expect(row('reacher', facts('null_mx'))).toMatchObject({ 'syntax.is_valid_syntax': 'true', 'mx.accepts_mail': 'false', 'smtp.can_connect': 'false' });
  });

  it('in the words of ZeroBounce', () => {
    const google = new Set(['free', 'provider:google']);
    expect(row('zerobounce', facts('accepted', { flags: google, mx: 'gmail-smtp-in.l.google.com', address: 'ann@gmail.com' }))).toEqual({
      'ZB Status': 'valid', 'ZB Sub Status': '', 'ZB Account': 'ann', 'ZB Domain': 'gmail.com', 'ZB First Name': '', 'ZB Last Name': '',
      'ZB Gender': '', 'ZB Free Email': 'True', 'ZB MX Found': 'true', 'ZB MX Record': 'gmail-smtp-in.l.google.com', 'ZB SMTP Provider': 'google',
      'ZB Did You Mean': '',
    });
    expect(row('zerobounce', facts('domain_not_found', { didYouMean: 'ann@gmail.com', mx: null }))).toMatchObject({
      'ZB Status': 'invalid', 'ZB Sub Status': 'no_dns_entries', 'ZB MX Found': 'false', 'ZB Did You Mean': 'ann@gmail.com',
    });
    expect(row('zerobounce', facts('role'))).toMatchObject({ 'ZB Status': 'do_not_mail', 'ZB Sub Status': 'role_based' });
    expect(row('zerobounce', facts('role', { catchAll: 'accepted' }))).toMatchObject({ 'ZB Sub Status': 'role_based_catch_all' });
    expect(row('zerobounce', facts('mailbox_full'))).toMatchObject({ 'ZB Status': 'unknown', 'ZB Sub Status': 'mailbox_quota_exceeded' });
    expect(row('zerobounce', facts('greylisted'))).toMatchObject({ 'ZB Status': 'unknown', 'ZB Sub Status': 'greylisted' });
    expect(TOOL_WORDS.zerobounce.suppressed?.slice(0, 2)).toEqual(['do_not_mail', 'global_suppression']);
  });

  it('in the words of NeverBounce', () => {
    expect(row('neverbounce', facts('role', { flags: new Set(['role', 'tagged']) }))).toEqual({
      email_status: 'valid', bad_syntax: '0', free_email_host: '0', role_account: '1', has_dns_info: '1', has_mail_server: '1',
      mail_server_reachable: '1', flags: 'has_dns has_dns_mx role_account contains_alias smtp_connectable', suggested_correction: '',
    });
    expect(row('neverbounce', facts('disposable', { flags: new Set(['disposable']) }))).toMatchObject({ email_status: 'disposable' });
    expect(row('neverbounce', facts('accept_all'))).toMatchObject({ email_status: 'catchall', flags: 'has_dns has_dns_mx accepts_all smtp_connectable' });
    expect(row('neverbounce', facts('syntax_space', { address: null }))).toMatchObject({ email_status: 'invalid', bad_syntax: '1', flags: 'bad_syntax' });
    expect(row('neverbounce', facts('dns_temporary'))).toMatchObject({ email_status: 'unknown', has_dns_info: '0', flags: 'temporary_dns_error' });
    expect(row('neverbounce', facts('no_connect'))).toMatchObject({ email_status: 'unknown', mail_server_reachable: '0' });
  });

  it('in the words of Kickbox', () => {
    expect(row('kickbox', facts('accept_all', { score: 55, flags: new Set(['free']) }))).toEqual({
      result: 'risky', reason: 'low_deliverability', role: 'false', free: 'true', disposable: 'false', accept_all: 'true', did_you_mean: '',
      sendex: '0.55', user: 'ann', domain: 'one.example',
    });
    expect(row('kickbox', facts('mailbox_not_found', { score: 0 }))).toMatchObject({ result: 'undeliverable', reason: 'rejected_email', sendex: '0' });
    expect(row('kickbox', facts('accepted', { score: 100 }))).toMatchObject({ result: 'deliverable', reason: 'accepted_email', sendex: '1' });
    expect(row('kickbox', facts('timeout'))).toMatchObject({ result: 'unknown', reason: 'timeout' });
  });
});

describe('parts of it', () => {
  it('a quoted local part may hold an @', () => {
    expect(partsOf('"a@b"@one.example')).toEqual({ local: '"a@b"', domain: 'one.example' });
    expect(partsOf(null)).toEqual({ local: '', domain: '' });
  });

  it('an address that is not well-formed reached nobody, and one that a server spoke of did', () => {
    for (const reason of REASONS) expect(REACHED[reason] === 'syntax').toBe(reason.startsWith('syntax_'));
    for (const reason of REASONS) if (/mailbox|^accept/.test(reason)) expect(REACHED[reason]).toBe('server');
  });

  it('names that are asked for', () => {
    expect(EXPORT_WORDS.filter(isExportWords)).toEqual(['winnow', ...TOOLS]);
    expect(isExportWords('hunter')).toBe(false);
  });
});
