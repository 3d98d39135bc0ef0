// The sample list is what its generator makes, and holds what it promises.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { makeSample } from '../../../build/make-sample.ts';
import { expectedReason } from '../../../electron/practice/expected-reason.ts';
import { parseAddress } from '../../../shared/address/parse-address.ts';
import { addressFlags } from '../../../shared/lists/address-flags.ts';
import { isReason, statusOf, type Reason } from '../../../shared/verdict/verdict.ts';

const text = readFileSync(join(import.meta.dirname, '../../fixtures/sample-practice.csv'), 'utf8');
const rows = parse<Record<string, string>>(text, { columns: true, bom: true });
const cells = rows.map((row) => ({ cell: row['E-Mail'] ?? '', status: row['expected_status'] ?? '', reason: row['expected_reason'] ?? '' }));

describe('sample-practice.csv', () => {
  it('is byte for byte what build/make-sample.ts makes', () => {
    expect(text).toBe(makeSample());
  });

  it('has about 1,000 rows and expects a known reason of each, with its status', () => {
    expect(rows.length).toBeGreaterThan(900);
    for (const { reason, status } of cells) {
      if (reason === 'empty') expect(status).toBe('');
      else expect([reason, isReason(reason) && statusOf(reason)]).toEqual([reason, status]);
    }
  });

  it('expects of each address what the parser, the lists and the map of the world say of it', () => {
    for (const { cell, reason } of cells) {
      const trimmed = cell.trim();
      if (trimmed === '') {
        expect(reason).toBe('empty');
        continue;
      }
      const parsed = parseAddress(trimmed);
      if (!parsed.ok) {
        expect([cell, reason]).toEqual([cell, parsed.reason]);
        continue;
      }
      expect([cell, reason]).toEqual([cell, expectedReason(parsed.local, parsed.domain)]);
      const { flags } = addressFlags(parsed);
      const listed = (['disposable', 'typo', 'no_reply', 'role'] as const).find((flag) => flags.includes(flag));
      const byList = { disposable: 'disposable', typo: 'possible_typo', no_reply: 'no_reply', role: 'role', none: 'accepted' }[listed ?? 'none'];
      if (['accepted', 'disposable', 'possible_typo', 'no_reply', 'role'].includes(reason)) expect([cell, reason]).toEqual([cell, byList]);
    }
  });

  it('holds every syntax fault, every end that this world can lead to, and duplicates', () => {
    const here: readonly Reason[] = [
      'accepted', 'mailbox_not_found', 'mailbox_disabled', 'mailbox_full', 'accept_all', 'role', 'disposable', 'no_reply', 'possible_typo',
      'domain_not_found', 'no_mail_server', 'null_mx', 'ip_blocked', 'blanket_reject', 'provider_unverifiable', 'no_connect', 'smtputf8_unsupported',
      'syntax_no_at', 'syntax_multiple_at', 'syntax_no_local', 'syntax_no_domain', 'syntax_local_too_long', 'syntax_domain_too_long', 'syntax_too_long',
      'syntax_bad_character', 'syntax_space', 'syntax_dots', 'syntax_quotes', 'syntax_hyphen', 'syntax_no_tld', 'syntax_bad_tld', 'syntax_domain_literal', 'syntax_bad_idn',
    ];
    const expected = new Set(cells.map(({ reason }) => reason));
    expect(here.filter((reason) => !expected.has(reason))).toEqual([]);

    const addresses = cells.map(({ cell }) => parseAddress(cell.trim())).flatMap((parsed) => (parsed.ok ? [parsed.address] : []));
    expect(addresses.length - new Set(addresses).size).toBeGreaterThan(50);
    expect(cells.some(({ cell }) => /@b.cher/i.test(cell)) && cells.some(({ cell }) => cell.includes('@xn--'))).toBe(true);
  });

  it('is as messy as lists are: quotes, commas, line breaks in cells, formulas, Unicode, a byte order mark, CRLF', () => {
    const all = rows.flatMap((row) => Object.values(row));
    for (const sign of ['"', ',', ';', '\n', '\t', '株', '😀']) expect(all.some((cell) => cell.includes(sign))).toBe(true);
    for (const start of ['=', '+', '-', '@']) expect(all.some((cell) => cell.startsWith(start))).toBe(true);
    expect(text.startsWith('\ufeff')).toBe(true);
    expect(text.endsWith('\r\n')).toBe(true);
  });

  it('names nobody real: addresses are on reserved names, but for look-alikes of the lists', () => {
    const real = cells.map(({ cell }) => cell.trim().toLowerCase()).filter((cell) => /@.*\.[a-z]+$/.test(cell) && !/\.(test|example|tset|con)$/.test(cell));
    const domains = new Set(real.map((cell) => cell.slice(cell.lastIndexOf('@') + 1)));
    expect([...domains].sort()).toEqual(['gamil.com', 'gmial.com', 'hotmial.com', 'mailinator.com', 'outlok.com', 'yahooo.com', 'yopmail.com']);
  });
});
