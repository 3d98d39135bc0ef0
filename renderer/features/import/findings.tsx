// What was found in the part of the file that was read: rows, duplicates, rows without an address,
// impossible addresses, addresses that were taken out of cells with more in them, those never to be asked.
import type { JSX } from 'react';
import type { ImportPreview } from '../../../shared/ipc/lists.ts';
import { formatCount } from '../../format.ts';
import { words } from '../../words.ts';

export function Findings({ sampled }: { readonly sampled: ImportPreview['sampled'] }): JSX.Element {
  const text = words.window.import;
  const rows = words.window.common.rows(sampled.rows, formatCount(sampled.rows));
  const found = ([[sampled.duplicates, text.duplicates], [sampled.empty, text.empty], [sampled.invalid, text.invalid], [sampled.extracted, text.extracted], [sampled.suppressed, text.suppressed]] as const)
    .filter(([count]) => count > 0)
    .map(([count, say]) => say(count, formatCount(count)));
  return (
    <p className="import-findings" aria-live="polite">
      {[sampled.wholeFile ? text.sampledWhole(rows) : text.sampledPart(rows), ...(found.length === 0 ? [text.allGood] : found)].join(' · ')}
    </p>
  );
}
