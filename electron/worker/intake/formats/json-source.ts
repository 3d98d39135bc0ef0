// JSON Lines, or one JSON array, as delimited text. Records that are objects get a column for each key, in the order in
// which the first of them show them; records that are arrays or lone texts are rows as they stand.
// Nothing is lost: a key that first comes later goes, as JSON text, into one more cell of its row, and is told of once;
// what is no JSON is told of with its line, and the rest imported.
import { UserError } from '../../../../shared/errors.ts';
import type { ListSource, SourceChunk, SourceOptions } from '../list-source.ts';
import { ChunkBuilder } from './chunk-builder.ts';
import { csvHeader, csvLine, DELIMITER } from './csv-text.ts';
import { decodedHead, decodedText, encodingOf } from './decoded-text.ts';
import { DerivedSource, formatOn } from './derived-source.ts';
import { cellsAsJson, jsonRecord, type JsonRecord } from './json-cells.ts';
import { valueSplitter } from './json-values.ts';
import type { Line } from './line-splitter.ts';

const HEAD_BYTES = 1_048_576;
const MAX_COLUMNS = 5_000;
/** New keys that are told of by name. */
const MAX_KEYS_TOLD = 50;

/** Null: `base` holds no JSON records. Throws what `base` throws. */
export async function jsonSource(base: ListSource, options: SourceOptions): Promise<ListSource | null> {
  const { bytes, complete } = await base.head(HEAD_BYTES);
  if (!/^(?:\xEF\xBB\xBF|\xFF\xFE|\xFE\xFF)?[\s\0]*[[{"]/.test(bytes.toString('latin1', 0, 1_024))) return null;
  const encoding = await encodingOf(base, bytes, options);
  const head = decodedHead(bytes, encoding);
  const kind = kindOf(head, complete);
  if (kind === null) return null;
  const columns = columnsOf(head, kind, complete);
  const { path, size, mtimeMs } = base;
  return new DerivedSource({
    format: formatOn(base, kind === 'lines' ? 'jsonl' : 'json'),
    path,
    size,
    mtimeMs,
    limitBytes: options.limitBytes,
    fixed: { delimiter: DELIMITER, encoding: 'utf-8', ...(columns.length > 0 ? { hasHeader: true } : {}) },
    text: () => rowsOf(base, kind, columns, decodedText(base, encoding)),
    close: () => base.close(),
  });
}

/** By the first line: a whole value of its own with more after it, or the beginning of an array. */
function kindOf(head: string, complete: boolean): 'lines' | 'array' | null {
  const text = head.trimStart();
  const end = text.search(/[\r\n]/);
  const first = jsonRecord(end < 0 && complete ? text : text.slice(0, Math.max(0, end)));
  const more = end >= 0 && text.slice(end).trim() !== '';
  if (text.startsWith('[')) {
    if (first?.kind === 'array' && more) return 'lines';
    // Square brackets begin texts too: the array's first element must be a value.
    return /^\[\s*(?:[[{"\d\-tfn]|\]\s*$)/.test(text) && (first !== null || /^\[\s*[[{"]/.test(text)) ? 'array' : null;
  }
  if (text.startsWith('{')) return first?.kind === 'object' ? 'lines' : null;
  // Texts in quotes are CSV as well, and read alike.
  return null;
}

/** Keys of the records in the head; none where they are no objects. */
function columnsOf(head: string, kind: 'lines' | 'array', complete: boolean): readonly string[] {
  const splitter = valueSplitter(kind);
  const keys = new Set<string>();
  const add = ({ text }: Line): void => {
    const record = jsonRecord(text);
    if (record?.kind !== 'object') return;
    for (const key of record.cells.keys()) if (keys.size < MAX_COLUMNS) keys.add(key);
  };
  for (const line of splitter.push(head)) add(line);
  if (complete) for (const line of splitter.end()) add(line);
  return [...keys];
}

async function* rowsOf(base: ListSource, kind: 'lines' | 'array', columns: readonly string[], texts: ReturnType<typeof decodedText>): AsyncGenerator<SourceChunk, void, undefined> {
  const splitter = valueSplitter(kind);
  const records = new RecordLines(columns);
  for await (const { text, read } of texts) {
    for (const line of splitter.push(text)) records.add(line);
    yield* records.take(read);
  }
  for (const line of splitter.end()) records.add(line);
  if (records.rows === 0) throw new UserError('FileEmpty', `${base.path} holds no JSON records. Looked for objects with e-mail addresses, one a line or in one array.`);
  yield* records.take(base.size);
}

class RecordLines {
  readonly #columns: readonly string[];
  readonly #known: ReadonlySet<string>;
  readonly #told = new Set<string>();
  readonly #builder = new ChunkBuilder();
  rows = 0;

  constructor(columns: readonly string[]) {
    this.#columns = columns;
    this.#known = new Set(columns);
    if (columns.length > 0) this.#builder.line(csvHeader(columns));
  }

  add({ text, number, cut }: Line): void {
    if (text.trim() === '') return;
    const record = cut ? null : jsonRecord(text);
    if (record === null) {
      this.#builder.problem({ line: number, problem: cut ? 'the record is longer than 1 MiB and was left out' : 'this is no JSON, and was left out', dropped: true });
      return;
    }
    this.rows++;
    const cells = record.kind === 'array' ? record.cells : this.#cells(record, number);
    this.#builder.line(csvLine(cells, this.#columns.length));
  }

  take(read: number): readonly SourceChunk[] {
    return this.#builder.take(read);
  }

  #cells({ cells }: Extract<JsonRecord, { kind: 'object' }>, line: number): string[] {
    const row = this.#columns.map((key) => cells.get(key) ?? '');
    if (cells.size <= row.length && [...cells.keys()].every((key) => this.#known.has(key))) return row;
    const rest = new Map([...cells].filter(([key]) => !this.#known.has(key)));
    for (const key of rest.keys()) {
      if (this.#told.has(key) || this.#told.size >= MAX_KEYS_TOLD) continue;
      this.#told.add(key);
      this.#builder.problem({ line, problem: `the key ${JSON.stringify(key.slice(0, 60))} first comes here; it was kept as JSON in a cell of its own`, dropped: false });
    }
    return [...row, cellsAsJson(rest)];
  }
}
