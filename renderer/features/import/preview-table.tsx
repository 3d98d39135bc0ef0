// The first rows of a file as they will be read. The address columns stand out; a click on another column's name makes
// it the address column, or one more of several.
import type { JSX } from 'react';
import type { ImportPreview, ReadingOptions } from '../../../shared/ipc/lists.ts';
import { words } from '../../words.ts';
import { chosenColumns, ownColumns, withOneColumn } from './column-choice.ts';
import { columnName } from './column-name.ts';
import { toggled } from './several-columns.tsx';

interface Props {
  readonly preview: ImportPreview;
  readonly reading: ReadingOptions;
  readonly onChange: (reading: ReadingOptions) => void;
}

export function PreviewTable({ preview, reading, onChange }: Props): JSX.Element {
  const { columns, rows } = preview;
  const chosen = chosenColumns(preview, reading);
  const own = ownColumns(preview, reading).length;
  const choose = (index: number): void => { onChange(reading.addressColumns === undefined ? withOneColumn(reading, index) : toggled(reading, preview, index)); };
  const text = words.window.import;
  return (
    <div className="preview" role="region" aria-label={text.preview} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col" aria-label={words.window.results.columns.row} />
            {columns.map((name, index) => {
              const shown = columnName(name, index);
              const isAddress = chosen.includes(index);
              return (
                <th key={index} scope="col" className={isAddress ? 'preview-address' : undefined}>
                  <button
                    type="button"
                    className="preview-column"
                    aria-pressed={isAddress}
                    disabled={index >= own}
                    title={text.useColumn(shown)}
                    onClick={() => { choose(index); }}
                  >
                    {shown}
                    {isAddress ? <small>{text.addresses}</small> : null}
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            <tr key={row}>
              <td className="preview-number">{row + 1}</td>
              {columns.map((_name, index) => (
                <td key={index} className={chosen.includes(index) ? 'preview-address' : undefined}>{cells[index] ?? ''}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 ? <p className="import-findings">{text.noRows}</p> : null}
    </div>
  );
}
