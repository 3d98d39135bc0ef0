// How a file is read, in words, and about how many rows it has, as far as its first part tells.
import type { ImportPreview } from '../../../shared/ipc/lists.ts';
import { formatCount } from '../../format.ts';
import { words } from '../../words.ts';

const PREVIEWED_BYTES = 1_048_576;

/** Delimited text as it is, or packed by gzip: it has an encoding and a delimiter. */
export function isPlainText(format: string | undefined): boolean {
  return format === undefined || format === 'text' || format === 'gzip';
}

/** `Text, semicolon`, `Excel, “Contacts”`, `gzip, JSON Lines`. */
export function formatWords({ format, delimiter, sheet }: ImportPreview, several: boolean): string {
  const text = words.window.import;
  const names = (format ?? 'text').split(', ').map((name) => text.formats[name] ?? name);
  // In a preview of several columns the delimiter is not the file's.
  const more = isPlainText(format) && !several ? [(text.delimiters[delimiter] ?? delimiter).toLowerCase()] : [];
  return [...names, ...more, ...(sheet === undefined ? [] : [`“${sheet}”`])].join(', ');
}

/** `961`, `about 120,000`, `more than 9,000` (of a packed file nothing more is known). */
export function rowsInWords({ sampled, format }: ImportPreview, sizeBytes: number): string {
  const { batch } = words.window.import;
  if (sampled.wholeFile) return formatCount(sampled.rows);
  if (format !== undefined && format !== 'text') return batch.moreThan(formatCount(sampled.rows));
  return batch.about(formatCount(Number(((sampled.rows / PREVIEWED_BYTES) * sizeBytes).toPrecision(2))));
}
