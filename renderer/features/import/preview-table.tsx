// The first rows of a file as they will be read. The address column stands out; a click on another column's name makes
// it the address column.
import type { JSX } from 'react';
import type { ImportPreview } from '../../../shared/ipc/lists.ts';
import { words } from '../../words.ts';
import { columnName } from './reading-controls.tsx';

interface Props {
  readonly preview: ImportPreview;
  readonly onAddressColumn: (column: number) => void;
}

export function PreviewTable({ preview, onAddressColumn }: Props): JSX.Element {
  const { columns, rows, addressColumn } = preview;
  const text = words.window.import;
  return (
    <div className="preview" role="region" aria-label={text.preview} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col" aria-label={words.window.results.columns.row} />
            {columns.map((name, index) => {
              const shown = columnName(name, index);
              const isAddress = index === addressColumn;
              return (
                <th key={index} scope="col" className={isAddress ? 'preview-address' : undefined}>
                  <button
                    type="button"
                    className="preview-column"
                    aria-pressed={isAddress}
                    title={text.useColumn(shown)}
                    onClick={() => { onAddressColumn(index); }}
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
                <td key={index} className={index === addressColumn ? 'preview-address' : undefined}>{cells[index] ?? ''}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 ? <p className="import-findings">{text.noRows}</p> : null}
    </div>
  );
}
