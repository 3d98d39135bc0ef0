// The one way from what a server sent to an `SmtpReply`, and back to one line for exports and the log.
// The text is safe to show and to store: no control characters, no broken Unicode, at most 64 KiB.
// Never judges a reply: that is the classifier's work.
import type { SmtpReply } from './evidence.ts';

/** At most this many octets of text are kept (as the session's own bound for a whole reply). */
const MAX_TEXT_OCTETS = 65_536;

/** RFC 3463 `class.subject.detail` at the start of a line, ended by anything but a further digit, letter or number part. */
const ENHANCED_AT_START = /^[ \t]*([245])\.(\d{1,3})\.(\d{1,3})(?![\w]|\.\d)[ \t]?/;

/** Tab is shown as a space; every other control character, and what cannot be told in UTF-8, as `\xNN`. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Valid UTF-8 sequences, or single octets ≥ 0x80, in a string that holds one octet a character. */
const OCTETS =
  /[\u00c2-\u00df][\u0080-\u00bf]|\u00e0[\u00a0-\u00bf][\u0080-\u00bf]|[\u00e1-\u00ec\u00ee\u00ef][\u0080-\u00bf]{2}|\u00ed[\u0080-\u009f][\u0080-\u00bf]|\u00f0[\u0090-\u00bf][\u0080-\u00bf]{2}|[\u00f1-\u00f3][\u0080-\u00bf]{3}|\u00f4[\u0080-\u008f][\u0080-\u00bf]{2}|[\u0080-\u00ff]/g;

/**
 * A reply from its code and the text of its lines (what follows the code and its separator).
 * A line whose characters are all below U+0100 is taken as octets (as a latin1-decoded socket gives them): valid UTF-8
 * in it is decoded, any other octet ≥ 0x80 is escaped. A line with higher characters was decoded before and is kept.
 * The enhanced status code (RFC 3463) is taken from the lines' starts and is null where its class is not the code's.
 */
export function makeReply(code: number, lines: readonly string[]): SmtpReply {
  return fromLines(code, lines.map(decodeOctets));
}

/**
 * A raw reply as a log or a bounce holds it: `550-5.1.1 no\r\n550 5.1.1 such user`, or the same joined by spaces.
 * The text is taken as decoded. Null if it does not begin with a code from 200 to 599.
 */
export function replyFromText(text: string): SmtpReply | null {
  const trimmed = text.slice(0, MAX_TEXT_OCTETS).trim();
  const start = /^([2-5]\d\d)(?:[ \t\r\n-]|$)/.exec(trimmed)?.[1];
  if (start === undefined) return null;
  // Lines of a multi-line reply; where its lines were joined by spaces, the repeated code parts them again.
  const joined = trimmed.startsWith(`${start}-`) ? trimmed.replaceAll(new RegExp(` +(?=${start}[- ])`, 'g'), '\n') : trimmed;
  const lines = joined.split(/\r\n|\r|\n/).map((line) => (line.startsWith(start) ? line.slice(3).replace(/^[ \t-]/, '') : line));
  return fromLines(Number(start), lines);
}

/** `550 5.1.1 text`, as it is shown, exported and logged. */
export function formatReply(reply: SmtpReply): string {
  return [String(reply.code), reply.enhanced, reply.text].filter((part) => part !== null && part !== '').join(' ');
}

function fromLines(code: number, lines: readonly string[]): SmtpReply {
  const codeClass = String(Math.floor(code / 100));
  let enhanced: string | null = null;
  const texts: string[] = [];
  for (const line of lines) {
    const match = ENHANCED_AT_START.exec(line);
    // A code of the wrong class (`550 2.1.5`) says nothing that can be trusted.
    if (match !== null && match[1] === codeClass) {
      enhanced ??= `${match[1]}.${Number(match[2])}.${Number(match[3])}`;
    }
    const rest = (match === null ? line : line.slice(match[0].length)).trim();
    if (rest !== '') texts.push(rest);
  }
  return { code, enhanced, text: bounded(escapeUnsafe(texts.join(' '))) };
}

function escapeUnsafe(text: string): string {
  return text.replaceAll(UNSAFE, (char) => (char === '\t' ? ' ' : hex(char)));
}

function decodeOctets(line: string): string {
  if (!/[\u0080-\u00ff]/.test(line) || /[^\u0000-\u00ff]/.test(line)) return line;
  return line.replaceAll(OCTETS, (octets) => {
    if (octets.length === 1) return hex(octets);
    const lead = octets.charCodeAt(0);
    let point = lead & (octets.length === 2 ? 0x1f : octets.length === 3 ? 0x0f : 0x07);
    for (let i = 1; i < octets.length; i += 1) point = (point << 6) | (octets.charCodeAt(i) & 0x3f);
    return String.fromCodePoint(point);
  });
}

function hex(char: string): string {
  const code = char.charCodeAt(0);
  return code < 0x100 ? `\\x${code.toString(16).toUpperCase().padStart(2, '0')}` : `\\u${code.toString(16).toUpperCase()}`;
}

function bounded(text: string): string {
  if (text.length * 3 <= MAX_TEXT_OCTETS) return text;
  let octets = 0;
  let end = 0;
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0;
    octets += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    if (octets > MAX_TEXT_OCTETS) break;
    end += char.length;
  }
  return text.slice(0, end);
}
