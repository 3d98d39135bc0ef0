// The one-page summary: hostile names are text, nothing is loaded or run, and the figures are there.
import { describe, expect, it } from 'vitest';
import { escapeHtml } from '../../../../electron/worker/export/escape-html.ts';
import { summaryPage } from '../../../../electron/worker/export/summary-page.ts';
import type { SummaryFacts } from '../../../../electron/worker/export/summary-facts.ts';

const FACTS: SummaryFacts = {
  name: '<script>alert(1)</script>"\'&\u202Egpj.csv',
  practice: true,
  counters: {
    rows: 1_010,
    byState: { pending: 5, scheduled: 2, done: 998, duplicate: 4, suppressed: 0, empty: 1 },
    byStatus: { deliverable: 900, undeliverable: 60, risky: 30, unknown: 10 },
    byReason: { accepted: 900, mailbox_not_found: 60, role: 30, timeout: 10 },
  },
  providers: [{ name: 'Google (Gmail, Workspace)', count: 400 }],
  flags: new Map([['free', 500], ['provider:google', 400]]),
  checked: { fromMs: 1_760_000_000_000, toMs: 1_760_000_600_000 },
};

describe('summaryPage', () => {
  it('shows what the file is called, and runs none of it', () => {
    const page = summaryPage(FACTS, 0);
    expect(page).not.toMatch(/<script|onerror|javascript:|\u202E/i);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;\uFFFDgpj.csv');
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/(?:src|href)=|url\(|@import/);
  });

  it('tells counts, reasons in words, providers and when', () => {
    const page = summaryPage(FACTS, 0);
    for (const text of ['1,010', '90.0%', 'Deliverable', 'Google (Gmail, Workspace)', '40.0%', '2025-10-09 08:53', 'As of 1970-01-01 00:00 UTC', '<svg']) expect(page).toContain(text);
    expect(page).not.toContain('On your suppress list'); // none is
  });

  it('is whole for a list that was never verified', () => {
    const { counters } = FACTS;
    const none = { deliverable: 0, undeliverable: 0, risky: 0, unknown: 0 };
    const page = summaryPage({ ...FACTS, counters: { ...counters, byStatus: none, byReason: {} }, providers: [], flags: new Map(), checked: null });
    expect(page).toContain('Nothing has been verified yet.');
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });
});

it('leaves no character of HTML as it is', () => {
  expect(escapeHtml('<a href="x" b=\'y\'>&\0</a>')).toBe('&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;\uFFFD&lt;/a&gt;');
});
