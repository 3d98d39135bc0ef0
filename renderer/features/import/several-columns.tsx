// Which of several columns are read for addresses: those that were found and those that were chosen. Any other one is
// added by a click on its name in the preview. The last one cannot be taken away.
import type { JSX } from 'react';
import type { ImportPreview, ReadingOptions } from '../../../shared/ipc/lists.ts';
import { words } from '../../words.ts';
import { chosenColumns, foundColumns, ownColumns, withColumns } from './column-choice.ts';
import { columnName } from './column-name.ts';

interface Props {
  readonly reading: ReadingOptions;
  readonly preview: ImportPreview;
  readonly onChange: (reading: ReadingOptions) => void;
}

export function SeveralColumns({ reading, preview, onChange }: Props): JSX.Element {
  const text = words.window.import;
  const columns = ownColumns(preview, reading);
  const chosen = chosenColumns(preview, reading);
  const offered = [...new Set([...foundColumns(preview, reading), ...chosen])].sort((a, b) => a - b);
  return (
    <fieldset className="import-several">
      <legend>{text.severalLegend}</legend>
      {offered.map((index) => (
        <label key={index} className="import-check">
          <input
            type="checkbox"
            checked={chosen.includes(index)}
            disabled={chosen.length === 1 && chosen.includes(index)}
            onChange={() => { onChange(toggled(reading, preview, index)); }}
          />
          {columnName(columns[index] ?? '', index)}
        </label>
      ))}
      <p className="import-hint">{text.severalHint}</p>
    </fieldset>
  );
}

/** With the column where it was not chosen, else without. */
export function toggled(reading: ReadingOptions, preview: ImportPreview, index: number): ReadingOptions {
  const chosen = chosenColumns(preview, reading);
  const others = chosen.filter((column) => column !== index);
  if (others.length === 0) return chosen.includes(index) ? reading : withColumns(reading, preview, [index]);
  return withColumns(reading, preview, others.length === chosen.length ? [...chosen, index] : others);
}
