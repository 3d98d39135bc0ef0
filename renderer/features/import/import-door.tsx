// Which sheet of the imports is open, one at a time: a single file that is being imported, the report of the last one,
// several files, or the next single one. What came meanwhile waits.
import type { JSX } from 'react';
import { goTo, usePlace, type Place } from '../../state/place.ts';
import { BatchSheet } from './batch-sheet.tsx';
import { ImportSheet } from './import-sheet.tsx';
import { ReportSheet } from './report-sheet.tsx';

const selectReport = (place: Place): Place['report'] => place.report;
const selectBatch = (place: Place): Place['batch'] => place.batch;
const selectImport = (place: Place): Place['imports'][number] | undefined => place.imports[0];

export function ImportDoor(): JSX.Element | null {
  const report = usePlace(selectReport);
  const batch = usePlace(selectBatch);
  const importing = usePlace(selectImport);
  const single = importing === undefined ? null : <ImportSheet key={importing.file.fileId} importing={importing} />;
  // Nobody else would hear of its end.
  if (importing !== undefined && importing.importId !== null) return single;
  if (report !== null) return <ReportSheet key={report} importId={report} onClose={() => { goTo({ report: null }); }} />;
  if (batch !== null) return <BatchSheet batch={batch} />;
  return single;
}
