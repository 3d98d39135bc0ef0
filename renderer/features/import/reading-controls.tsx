// How the file is read: encoding, delimiter, whether the first row names the columns, which column has the addresses,
// and what counts as the same row.
// What was not chosen is what was found, and the fields show it. Another delimiter drops the chosen address column,
// because its number may mean another one then.
import type { JSX } from 'react';
import type { ImportPreview, ReadingOptions } from '../../../shared/ipc/lists.ts';
import { words } from '../../words.ts';

interface Props {
  readonly reading: ReadingOptions;
  readonly preview: ImportPreview | null;
  readonly onChange: (reading: ReadingOptions) => void;
}

/** Offered beside the one that is in use; the names are the standard's (WHATWG), not words. */
const ENCODINGS = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be', 'iso-8859-2', 'iso-8859-15', 'windows-1250', 'windows-1251', 'windows-1254', 'koi8-r', 'macintosh', 'shift_jis', 'euc-jp', 'gb18030', 'big5', 'euc-kr'];
const DELIMITERS = [',', ';', '\t', '|'];

export function ReadingControls({ reading, preview, onChange }: Props): JSX.Element {
  const text = words.window.import;
  const encoding = reading.encoding ?? preview?.encoding ?? '';
  const delimiter = reading.delimiter ?? preview?.delimiter ?? '';
  const hasHeader = reading.hasHeader ?? preview?.hasHeader ?? true;
  const column = reading.addressColumn ?? preview?.addressColumn ?? null;
  const columns = preview?.columns ?? [];
  return (
    <div className="import-controls">
      <label className="import-control">
        <span>{text.addressColumn}</span>
        <select value={column ?? ''} onChange={({ target }) => { onChange({ ...reading, addressColumn: Number(target.value) }); }}>
          {column === null ? <option value="" disabled>{text.chooseColumn}</option> : null}
          {columns.map((name, index) => (
            <option key={index} value={index}>{columnName(name, index)}</option>
          ))}
        </select>
      </label>
      <label className="import-control">
        <span>{text.header}</span>
        <select value={hasHeader ? 'yes' : 'no'} onChange={({ target }) => { onChange({ ...reading, hasHeader: target.value === 'yes' }); }}>
          <option value="yes">{text.headerYes}</option>
          <option value="no">{text.headerNo}</option>
        </select>
      </label>
      <label className="import-control">
        <span>{text.delimiter}</span>
        <select value={delimiter} onChange={({ target }) => { onChange({ ...withoutColumn(reading), delimiter: target.value }); }}>
          {withCurrent(DELIMITERS, delimiter).map((character) => (
            <option key={character} value={character}>{text.delimiters[character] ?? character}</option>
          ))}
        </select>
      </label>
      <label className="import-control">
        <span>{text.encoding}</span>
        <select value={encoding} onChange={({ target }) => { onChange({ ...reading, encoding: target.value }); }}>
          {withCurrent(ENCODINGS, encoding).map((name) => (
            <option key={name} value={name}>{name}</option>
          ))}
        </select>
      </label>
      <label className="import-control" title={text.byMailboxHint}>
        <span>{text.duplicatesBy}</span>
        <select value={reading.duplicatesBy ?? 'address'} onChange={({ target }) => { onChange({ ...reading, duplicatesBy: target.value === 'mailbox' ? 'mailbox' : 'address' }); }}>
          <option value="address">{text.byAddress}</option>
          <option value="mailbox">{text.byMailbox}</option>
        </select>
      </label>
      {reading.duplicatesBy === 'mailbox' ? <p className="import-hint">{text.byMailboxHint}</p> : null}
    </div>
  );
}

/** A column without a name is called by its number. */
export function columnName(name: string, index: number): string {
  return name.trim() === '' ? words.window.import.columnName(String(index + 1)) : name;
}

function withoutColumn({ addressColumn: _dropped, ...rest }: ReadingOptions): ReadingOptions {
  return rest;
}

function withCurrent(choices: readonly string[], current: string): readonly string[] {
  return current === '' || choices.includes(current) ? choices : [current, ...choices];
}
