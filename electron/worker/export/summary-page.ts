// The one-page summary of a list as HTML: self-contained, with its chart as SVG, no script and nothing to load (its own
// policy forbids both). Made of text and numbers only; every text that is not ours is escaped. No address is in it.
import { REACHED } from '../../../shared/verdict/tool-words/reached.ts';
import { STATUSES, type Reason } from '../../../shared/verdict/verdict.ts';
import { enReasons } from '../../../shared/words/en-reasons.ts';
import { enExport } from '../../../shared/words/en-export.ts';
import { barChart } from './bar-chart.ts';
import { escapeHtml } from './escape-html.ts';
import type { SummaryFacts } from './summary-facts.ts';
import { SUMMARY_STYLE } from './summary-style.ts';

const words = enExport.page;
const REASONS_SHOWN = 14;
const PROVIDERS_SHOWN = 8;
const TRAITS = ['free', 'role', 'disposable', 'no_reply', 'typo', 'trap', 'tagged'] as const;

/** `nowMs`: epoch milliseconds at which it is made. */
export function summaryPage(facts: SummaryFacts, nowMs: number = Date.now()): string {
  const { name, practice, counters } = facts;
  const verified = STATUSES.reduce((sum, status) => sum + counters.byStatus[status], 0);
  const title = escapeHtml(words.title(name));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${SUMMARY_STYLE}</style>
</head>
<body>
<header><h1>${title}</h1><p>${escapeHtml(words.made(time(nowMs)))}</p>${practice ? `<p class="practice">${escapeHtml(words.practice)}</p>` : ''}</header>
<main>
${counts(facts, verified)}
<section><h2>${escapeHtml(words.chart)}</h2>
${barChart(words.chart, STATUSES.map((status) => ({ status, label: words.statuses[status], count: counters.byStatus[status] })))}
${table([words.status, words.count, words.share], STATUSES.map((status) => [words.statuses[status], count(counters.byStatus[status]), share(counters.byStatus[status], verified)]))}
</section>
${reasons(facts, verified)}
<div class="pair">
${providers(facts, verified)}
${traits(facts, verified)}
</div>
${how(facts)}
</main>
<footer><p>${escapeHtml(words.by)}</p></footer>
</body>
</html>
`;
}

function counts({ counters }: SummaryFacts, verified: number): string {
  const { byState } = counters;
  const all: readonly (readonly [string, number])[] = [
    [words.rows, counters.rows],
    [words.addresses, verified],
    [words.notVerified, byState.pending],
    [words.duplicates, byState.duplicate],
    [words.empty, byState.empty],
    [words.suppressed, byState.suppressed],
    [words.askedAgain, byState.scheduled],
  ];
  const shown = all.filter(([, value], index) => index < 2 || value > 0);
  return `<dl class="counts">${shown.map(([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${count(value)}</dd></div>`).join('')}</dl>`;
}

function reasons({ counters }: SummaryFacts, verified: number): string {
  const sorted = (Object.entries(counters.byReason) as [Reason, number][]).filter(([, value]) => value > 0).sort(([, a], [, b]) => b - a);
  if (sorted.length === 0) return '';
  const rows = sorted.slice(0, REASONS_SHOWN).map(([reason, value]) => [enReasons[reason].label, count(value), share(value, verified), enReasons[reason].means]);
  return `<section><h2>${escapeHtml(words.reasons)}</h2>${table([words.reason, words.count, words.share, words.meaning], rows)}</section>`;
}

function providers({ providers: all }: SummaryFacts, verified: number): string {
  if (all.length === 0) return '';
  const shown = all.slice(0, PROVIDERS_SHOWN);
  const others = verified - shown.reduce((sum, provider) => sum + provider.count, 0);
  const rows = [...shown, ...(others > 0 ? [{ name: words.otherProviders, count: others }] : [])].map((one) => [one.name, count(one.count), share(one.count, verified)]);
  return `<section><h2>${escapeHtml(words.providers)}</h2>${table([words.provider, words.count, words.share], rows)}</section>`;
}

function traits({ flags }: SummaryFacts, verified: number): string {
  const rows = TRAITS.flatMap((flag) => {
    const value = flags.get(flag) ?? 0;
    return value === 0 ? [] : [[words.traitsOf[flag], count(value), share(value, verified)]];
  });
  return rows.length === 0 ? '' : `<section><h2>${escapeHtml(words.traits)}</h2>${table([words.trait, words.count, words.share], rows)}</section>`;
}

function how({ counters, checked }: SummaryFacts): string {
  const reached = { syntax: 0, dns: 0, way: 0, server: 0 };
  for (const [reason, value] of Object.entries(counters.byReason) as [Reason, number][]) reached[REACHED[reason]] += value;
  const when = checked === null ? words.never : `${words.when(time(checked.fromMs), time(checked.toMs))} ${words.asked(count(reached.server), count(reached.syntax + reached.dns))}`;
  return `<section><h2>${escapeHtml(words.how)}</h2><p>${escapeHtml(when)}</p><p>${escapeHtml(words.method)}</p></section>`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[], tag: 'th' | 'td'): string => row.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('');
  return `<table><thead><tr>${cells(head, 'th')}</tr></thead><tbody>${rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('')}</tbody></table>`;
}

const integer = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const percent = new Intl.NumberFormat('en', { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });

function count(value: number): string {
  return integer.format(value);
}

/** Never rounded up to all or down to none. */
function share(part: number, whole: number): string {
  if (part === 0 || whole === 0) return percent.format(0);
  if (part === whole) return percent.format(1);
  return percent.format(Math.min(0.999, Math.max(0.001, part / whole)));
}

function time(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? '?' : date.toISOString().slice(0, 16).replace('T', ' ');
}
