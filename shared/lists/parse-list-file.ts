// A list file as people have it: one entry a line, `#` comments, blank lines, the first column of a CSV, BOM, any newline.
// Entries come out normalised (see `CustomLists`) and without repeats. A line that is no entry is told with its number and
// the reason, never dropped in silence; only a first line that names the column is passed over.
// Linear and bounded: a larger file is refused as a whole.
import { parseAddress } from '../address/parse-address.ts';
import { UserError } from '../errors.ts';
import type { ListKind } from './list-kinds.ts';

export const MAX_LIST_ENTRIES = 5_000_000;
/** In UTF-16 units here and in bytes where the file is read: close enough for a bound. */
export const MAX_LIST_LENGTH = 200_000_000;
/** More bad lines than this are counted and not told one by one. */
export const MAX_LINE_PROBLEMS = 20;

export interface LineProblem {
  /** Counted from 1. */
  readonly line: number;
  /** The entry as it stands, cut to 80 characters. */
  readonly text: string;
  /** In words. */
  readonly problem: string;
}

export interface ListFile {
  readonly entries: readonly string[];
  /** The first bad lines. */
  readonly problems: readonly LineProblem[];
  /** All bad lines. */
  readonly badLines: number;
}

interface Limits {
  readonly maxEntries: number;
  readonly maxLength: number;
}

const LIMITS: Limits = { maxEntries: MAX_LIST_ENTRIES, maxLength: MAX_LIST_LENGTH };
const MAX_LINE = 4096;
const NEWLINE = /\r\n|\n|\r/g;
const HEADER = /^(?:e-?mail(?:[ _-]?address)?|address|domain|domains|name|local[ _-]?part|entry)$/i;

/** Throws `UserError` (`BadUsage`) for a text beyond the limits. `name` is the file's, for that message. */
export function parseListFile(text: string, kind: ListKind, name: string, limits: Limits = LIMITS): ListFile {
  if (text.length > limits.maxLength) throw tooLarge(name, `${String(limits.maxLength)} characters`);
  const entries = new Set<string>();
  const problems: LineProblem[] = [];
  let badLines = 0;
  let line = 0;
  let blankSoFar = true;
  for (const raw of linesOf(text)) {
    line += 1;
    // No entry is anywhere near as long; beyond it a line is not even looked at.
    const cell = firstCell(raw.slice(0, MAX_LINE));
    if (cell === '' || cell.startsWith('#')) continue;
    const entry = entryOf(cell, kind);
    if (entry.ok) {
      entries.add(entry.value);
      if (entries.size > limits.maxEntries) throw tooLarge(name, `${String(limits.maxEntries)} entries`);
    } else if (!(blankSoFar && HEADER.test(cell))) {
      badLines += 1;
      if (problems.length < MAX_LINE_PROBLEMS) problems.push({ line, text: cell.slice(0, 80), problem: entry.problem });
    }
    blankSoFar = false;
  }
  return { entries: [...entries], problems, badLines };
}

function tooLarge(name: string, limit: string): UserError {
  return new UserError('BadUsage', `The list ${name} is too large: at most ${limit} can be used.`);
}

function* linesOf(text: string): Generator<string> {
  let start = text.startsWith('\ufeff') ? 1 : 0;
  NEWLINE.lastIndex = start;
  for (const { index, 0: newline } of text.matchAll(NEWLINE)) {
    yield text.slice(start, index);
    start = index + newline.length;
  }
  yield text.slice(start);
}

/** Up to the first comma, semicolon or tab outside quotes; quotes of a CSV taken off. A comment may follow a blank. */
function firstCell(raw: string): string {
  const trimmed = raw.trim();
  if (trimmed.startsWith('"')) {
    const quoted = /^"((?:[^"]|"")*)"(?:\s*[,;\t].*)?$/.exec(trimmed);
    // An address may itself begin with a quote: "john doe"@example.com.
    if (quoted !== null) return (quoted[1] ?? '').replaceAll('""', '"').trim();
    return trimmed;
  }
  return trimmed.replace(/(?:[,;\t]|\s#).*$/, '').trim();
}

type Entry = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly problem: string };

function entryOf(cell: string, kind: ListKind): Entry {
  if (kind === 'role' || kind === 'no_reply') return localEntry(cell);
  const at = cell.lastIndexOf('@');
  if (at <= 0) return domainEntry(at === 0 ? cell.slice(1) : cell);
  if (kind === 'disposable' || kind === 'free') return bad('An address, but this list is one of domains.');
  const parsed = parseAddress(cell);
  return parsed.ok ? { ok: true, value: parsed.address } : bad('Not an address.');
}

/** `*.example.com` and `.example.com` mean what `example.com` means: names below an entry count. */
function domainEntry(text: string): Entry {
  const parsed = parseAddress(`x@${text.replace(/^\*?\./, '').replace(/\.$/, '')}`);
  return parsed.ok ? { ok: true, value: parsed.domain } : bad('Neither an address nor a domain.');
}

function localEntry(text: string): Entry {
  const local = text.endsWith('@') ? text.slice(0, -1) : text;
  const parsed = parseAddress(`${local}@example.com`);
  // Quoted ones are nobody's role, and a CSV's quotes could not be told from theirs.
  if (local.includes('@') || !parsed.ok || parsed.quoted) return bad('Not the part of an address before the at sign.');
  return { ok: true, value: parsed.local.toLowerCase() };
}

function bad(problem: string): Entry {
  return { ok: false, problem };
}
