// The style of the one-page summary: readable on a screen in both themes, and on one sheet of paper.

export const SUMMARY_STYLE = `
:root{color-scheme:light dark;--ink:#1d1f21;--soft:#55595f;--line:#d9dadc;--deliverable:#3b8f63;--undeliverable:#c8453c;--risky:#d9961a;--unknown:#6f7b8f;--ground:#fff}
@media (prefers-color-scheme:dark){:root{--ink:#ececea;--soft:#b3b6bb;--line:#3a3d42;--ground:#17181a}}
@media print{:root{color-scheme:light;--ink:#000;--soft:#444;--line:#bbb;--ground:#fff}}
@page{size:A4;margin:14mm}
*{box-sizing:border-box}
body{max-width:60rem;margin:0 auto;padding:1.5rem;background:var(--ground);color:var(--ink);font:15px/1.45 system-ui,sans-serif}
@media print{body{padding:0;font-size:9.5pt;line-height:1.3}}
h1{margin:0;font-size:1.5em;overflow-wrap:anywhere}
h2{margin:1.2em 0 .4em;font-size:1.05em}
header p,footer p{margin:.2em 0;color:var(--soft)}
.practice{font-weight:600}
.counts{display:flex;flex-wrap:wrap;gap:.5rem 2rem;margin:1rem 0 0}
.counts dt{color:var(--soft)}
.counts dd{margin:0;font-size:1.3em;font-weight:650;font-variant-numeric:tabular-nums}
svg{display:block;width:100%;height:1.6rem;border-radius:4px}
rect.deliverable{fill:var(--deliverable)}rect.undeliverable{fill:var(--undeliverable)}rect.risky{fill:var(--risky)}rect.unknown{fill:var(--unknown)}
.legend{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;margin:.5rem 0;padding:0;list-style:none}
.legend i{display:inline-block;width:.8em;height:.8em;margin-right:.4em;border-radius:2px}
i.deliverable{background:var(--deliverable)}i.undeliverable{background:var(--undeliverable)}i.risky{background:var(--risky)}i.unknown{background:var(--unknown)}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
table{width:100%;border-collapse:collapse}
th,td{padding:.25em .6em .25em 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
th{color:var(--soft);font-weight:600}
td:nth-child(2),td:nth-child(3),th:nth-child(2),th:nth-child(3){text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
td:nth-child(4){color:var(--soft)}
tr{break-inside:avoid}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(18rem,1fr));gap:0 2rem}
`;
