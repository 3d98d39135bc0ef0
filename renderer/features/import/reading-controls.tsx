// How the file is read: sheet, encoding, delimiter, whether the first row names the columns, which columns have the
// addresses, and what counts as the same row. Only what its format leaves open is asked.
// What was not chosen is what was found, and the fields show it. Another delimiter or sheet drops the chosen address
// columns, because their numbers may mean others then.
import type { JSX, ReactNode } from 'react';
import type { FileRef, ImportPreview, ReadingOptions } from '../../../shared/ipc/lists.ts';
import { words } from '../../words.ts';
import { chosenColumns, foundColumns, ownColumns, withColumns, withOneColumn, withoutColumns } from './column-choice.ts';
import { columnName } from './column-name.ts';
import { DuplicatesBy } from './duplicates-by.tsx';
import { isPlainText } from './format-words.ts';
import { SeveralColumns } from './several-columns.tsx';

interface Props {
  readonly file: FileRef;
  readonly reading: ReadingOptions;
  readonly preview: ImportPreview | null;
  readonly onChange: (reading: ReadingOptions) => void;
  /** Asked elsewhere for several files. */
  readonly withDuplicates: boolean;
}

/** Offered beside the one that is in use; the names are the standard's (WHATWG), not words. */
const ENCODINGS = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be', 'iso-8859-2', 'iso-8859-15', 'windows-1250', 'windows-1251', 'windows-1254', 'koi8-r', 'macintosh', 'shift_jis', 'euc-jp', 'gb18030', 'big5', 'euc-kr'];
const DELIMITERS = [',', ';', '\t', '|'];
const SEVERAL = 'several';
/** Of a sheet, as the one that names the columns. */
const ROWS_OFFERED = 12;

export function ReadingControls({ file, reading, preview, onChange, withDuplicates }: Props): JSX.Element {
  const text = words.window.import;
  const several = reading.addressColumns !== undefined;
  const format = preview?.format;
  const sheets = preview?.sheetNames ?? [];
  // What a format makes of itself, or a preview of several columns, is no finding about the file.
  const asFound = isPlainText(format) && !several;
  const encoding = reading.encoding ?? (asFound ? preview?.encoding : undefined) ?? '';
  const delimiter = reading.delimiter ?? (asFound ? preview?.delimiter : undefined) ?? '';
  const hasHeader = reading.hasHeader ?? preview?.hasHeader ?? true;
  const isSheet = format === 'xlsx';
  const headerRow = reading.headerRow ?? preview?.headerRow ?? 1;
  const isText = isPlainText(format) || format?.endsWith('addresses') === true;
  const others = preview === null || several ? 0 : foundColumns(preview, reading).length;
  return (
    <div className="import-controls">
      {sheets.length > 1 ? (
        <Choice label={text.sheet} value={reading.sheet ?? preview?.sheet ?? ''} onChoose={(sheet) => { onChange({ ...withoutHeader(withoutColumns(reading)), sheet }); }}>
          {sheets.map((name) => <option key={name} value={name}>{name}</option>)}
        </Choice>
      ) : null}
      <ColumnChoice reading={reading} preview={preview} onChange={onChange} />
      {isSheet ? (
        <Choice label={text.headerIn} value={hasHeader ? String(headerRow) : 'no'} onChoose={(value) => { onChange(withHeaderRow(several ? withoutColumns(reading) : reading, value)); }}>
          {Array.from({ length: Math.max(ROWS_OFFERED, headerRow) }, (_, index) => <option key={index} value={index + 1}>{text.headerRow(String(index + 1))}</option>)}
          <option value="no">{text.headerNone}</option>
        </Choice>
      ) : null}
      {isPlainText(format) ? (
        <Choice label={text.header} value={hasHeader ? 'yes' : 'no'} onChoose={(value) => { onChange({ ...(several ? withoutColumns(reading) : reading), hasHeader: value === 'yes' }); }}>
          <option value="yes">{text.headerYes}</option>
          <option value="no">{text.headerNo}</option>
        </Choice>
      ) : null}
      {isText ? (
        <Choice label={text.delimiter} value={delimiter} onChoose={(value) => { onChange({ ...withoutColumns(reading), delimiter: value }); }}>
          {delimiter === '' ? <option value="" disabled>{text.byItself}</option> : null}
          {withCurrent(DELIMITERS, delimiter).map((character) => (
            <option key={character} value={character}>{text.delimiters[character] ?? character}</option>
          ))}
        </Choice>
      ) : null}
      {isSheet || file.pasted === true ? null : (
        <Choice label={text.encoding} value={encoding} onChoose={(value) => { onChange({ ...reading, encoding: value }); }}>
          {encoding === '' ? <option value="" disabled>{text.byItself}</option> : null}
          {withCurrent(ENCODINGS, encoding).map((name) => <option key={name} value={name}>{name}</option>)}
        </Choice>
      )}
      {withDuplicates ? <DuplicatesBy value={reading.duplicatesBy} onChange={(duplicatesBy) => { onChange({ ...reading, duplicatesBy }); }} /> : null}
      {several && preview !== null ? <SeveralColumns reading={reading} preview={preview} onChange={onChange} /> : null}
      {others > 1 ? <p className="import-hint">{text.othersToo}</p> : null}
    </div>
  );
}

function ColumnChoice({ reading, preview, onChange }: Pick<Props, 'reading' | 'preview' | 'onChange'>): JSX.Element {
  const text = words.window.import;
  const columns = preview === null ? [] : ownColumns(preview, reading);
  const [one] = preview === null || reading.addressColumns !== undefined ? [] : chosenColumns(preview, reading);
  const value = reading.addressColumns === undefined ? String(reading.addressColumn ?? one ?? '') : SEVERAL;
  const choose = (chosen: string): void => {
    if (chosen !== SEVERAL) onChange(withOneColumn(reading, Number(chosen)));
    else if (preview !== null) onChange(withColumns(reading, preview, [...foundColumns(preview, reading), ...(one === undefined ? [] : [one])]));
  };
  return (
    <Choice label={text.addressColumn} value={value} onChoose={choose}>
      {value === '' ? <option value="" disabled>{text.chooseColumn}</option> : null}
      {columns.map((name, index) => <option key={index} value={index}>{columnName(name, index)}</option>)}
      {columns.length > 1 ? <option value={SEVERAL}>{text.several}</option> : null}
    </Choice>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly onChoose: (value: string) => void;
  readonly children: ReactNode;
}

function Choice({ label, value, onChoose, children }: ChoiceProps): JSX.Element {
  return (
    <label className="import-control">
      <span>{label}</span>
      <select value={value} onChange={({ target }) => { onChoose(target.value); }}>{children}</select>
    </label>
  );
}

function withoutHeader({ hasHeader: _dropped, headerRow: _too, ...rest }: ReadingOptions): ReadingOptions {
  return rest;
}

function withHeaderRow(reading: ReadingOptions, value: string): ReadingOptions {
  return value === 'no' ? { ...withoutHeader(reading), hasHeader: false } : { ...withoutHeader(reading), headerRow: Number(value) };
}

function withCurrent(choices: readonly string[], current: string): readonly string[] {
  return current === '' || choices.includes(current) ? choices : [current, ...choices];
}
