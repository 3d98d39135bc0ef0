// Shortens e-mail addresses in text that is going to be written down: `jane.doe@example.com` → `j…e@e…e.com`.
// Always too much rather than too little: whatever stands directly around an at sign counts as an address, quoted local
// parts, `%40` and the full-width sign too. Runs in linear time, because what it reads was written by strangers.
// Never used for what is shown or exported, only for logs.

const AT_SIGN = /@|%40|\uFF20|\uFE6B/giu;
/** Ends an address on either side. Everything else may be part of one: RFC 6531 allows nearly all of Unicode. */
const DELIMITER = /[\s<>()[\]{},;:"'`|\\]/u;

/** The text with each address in it shortened; text without an at sign comes back as it is. */
export function redact(text: string): string {
  let out = '';
  let done = 0;
  for (const match of text.matchAll(AT_SIGN)) {
    const at = match.index;
    if (at < done) continue; // a second at sign inside what was shortened already
    const start = localStart(text, at, done);
    const after = at + match[0].length;
    const end = domainEnd(text, after);
    out += text.slice(done, start) + shortenLocal(text.slice(start, at)) + match[0] + shortenDomain(text.slice(after, end));
    done = end;
  }
  return out + text.slice(done);
}

/** `"john doe"@…` is a quoted local part (RFC 5321, 4.1.2): it reaches back to its opening quote, blanks and all. */
function localStart(text: string, at: number, floor: number): number {
  if (at > floor && text[at - 1] === '"') {
    for (let i = at - 2; i >= floor; i -= 1) {
      if (text[i] === '"' && text[i - 1] !== '\\') return i;
    }
    return floor;
  }
  let i = at;
  while (i > floor && !DELIMITER.test(text.charAt(i - 1))) i -= 1;
  return i;
}

/** A domain, or an address literal in brackets. */
function domainEnd(text: string, after: number): number {
  if (text[after] === '[') {
    const close = text.indexOf(']', after);
    return close < 0 ? text.length : close + 1;
  }
  let i = after;
  while (i < text.length && !DELIMITER.test(text.charAt(i))) i += 1;
  return i;
}

function shortenLocal(local: string): string {
  return shorten(local.replaceAll(/["\\]/g, ''));
}

function shortenDomain(domain: string): string {
  if (domain.startsWith('[')) return '[…]';
  const dot = domain.lastIndexOf('.', domain.length - 2);
  return dot <= 0 ? shorten(domain) : shorten(domain.slice(0, dot)) + domain.slice(dot);
}

/** First and last character of what has five or more, the first of what has three or four. Counts code points. */
function shorten(text: string): string {
  const points = Array.from(text);
  if (points.length === 0) return '';
  const first = points.length >= 3 ? (points[0] ?? '') : '';
  const last = points.length >= 5 ? (points.at(-1) ?? '') : '';
  return `${first}…${last}`;
}
