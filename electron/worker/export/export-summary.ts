// An export of the one-page summary to an HTML file.
import type { CallHooks } from '../call-hooks.ts';
import { AtomicFile } from './atomic-file.ts';
import type { ExportOptions, ExportProgress, ExportReport } from './export-api.ts';
import { exportTargets } from './export-targets.ts';
import type { ListSnapshot } from './list-snapshot.ts';
import { summaryFacts } from './summary-facts.ts';
import { summaryPage } from './summary-page.ts';

/** Throws what `ExportApi.exportList` throws. `rows` of the report: those that the page is about. */
export function exportSummary(snapshot: ListSnapshot, options: ExportOptions, hooks: CallHooks<ExportProgress>): ExportReport {
  exportTargets(snapshot.record, { ...options, filePerStatus: false });
  const file = new AtomicFile(options.outPath);
  try {
    const facts = summaryFacts(snapshot, hooks);
    file.write(Buffer.from(summaryPage(facts), 'utf8'));
    file.commit();
    const { rows } = facts.counters;
    const { bytes } = file;
    return { path: options.outPath, rows, bytes, files: [{ path: options.outPath, status: null, rows, bytes }], replaced: { count: 0, characters: [] }, cutCells: 0, sheets: 0 };
  } catch (error) {
    file.abort();
    throw error;
  }
}
