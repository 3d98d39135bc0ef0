// What is imported is what the preview showed: the column that was found is named.
import type { ImportPreview, ReadingOptions } from '../../../shared/ipc/lists.ts';

export function chosenReading(reading: ReadingOptions, preview: ImportPreview | null): ReadingOptions {
  const addressColumn = reading.addressColumn ?? preview?.addressColumn ?? null;
  // Of several columns the import makes one itself.
  return addressColumn === null || reading.addressColumns !== undefined ? reading : { ...reading, addressColumn };
}
