// All cells of the row as they stand in the user's file.
import type { JSX } from 'react';
import type { ResultDetail } from '../../../shared/ipc/lists.ts';
import { words } from '../../words.ts';
import { columnName } from '../import/column-name.ts';

export function Cells({ cells }: { readonly cells: ResultDetail['cells'] }): JSX.Element {
  const { detail: text } = words.window;
  return (
    <section aria-label={text.cells}>
      <h3>{text.cells}</h3>
      <dl className="facts">
        {cells.map(({ column, value }, index) => (
          <div key={index}>
            <dt>{columnName(column, index)}</dt>
            <dd>{value === '' ? <span className="cell-empty">{text.emptyCell}</span> : value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
