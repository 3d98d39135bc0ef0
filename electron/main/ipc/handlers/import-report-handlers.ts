// The report of an import: told to the page as far as it can show it, copied and saved as far as it was kept.
import { basename } from 'node:path';
import { UserError } from '../../../../shared/errors.ts';
import { MAX_PROBLEMS_TOLD } from '../../../../shared/ipc/imports.ts';
import { enHost } from '../../../../shared/words/en-host.ts';
import { enImport } from '../../../../shared/words/en-import.ts';
import type { ImportReport } from '../../../worker/interface.ts';
import { reportCsv, reportText } from '../../files/report-text.ts';
import type { EngineHost } from '../../lists/engine-host.ts';
import { writeAtomically } from '../../write-atomically.ts';
import type { Handlers } from '../dispatch.ts';

export interface ImportReportHandlerOptions {
  readonly host: EngineHost;
  readonly writeClipboard: (text: string) => Promise<void>;
  /** Shows the save dialog. */
  readonly askForReportPath: (name: string) => Promise<string | null>;
}

type ReportChannel = 'import.report' | 'import.copyReport' | 'import.saveReport';

export function importReportHandlers({ host, writeClipboard, askForReportPath }: ImportReportHandlerOptions): Pick<Handlers, ReportChannel> {
  return {
    'import.report': ({ importId }) => {
      const report = host.imports.report(importId);
      const { list, rows, duplicates, empty, extracted, suppressed, blankLines, problemCount, elsewhere = [] } = report;
      return {
        name: list.name, rows, duplicates, empty, extracted, suppressed, blankLines, problemCount,
        elsewhere: elsewhere.map(({ name, rows: count }) => ({ name, rows: count })),
        droppedCount: droppedCountOf(report),
        problems: [...report.problems].sort((a, b) => Number(b.dropped) - Number(a.dropped)).slice(0, MAX_PROBLEMS_TOLD),
      };
    },
    'import.copyReport': async ({ importId }) => {
      await writeClipboard(reportText(host.imports.report(importId)));
      return undefined;
    },
    'import.saveReport': async ({ importId }) => {
      const report = host.imports.report(importId);
      const path = await askForReportPath(enImport.report.fileName(report.list.name.replace(/[\\/:*?"<>|]/g, '-')));
      if (path === null) return null;
      const name = basename(path);
      await writeAtomically(path, reportCsv(report)).catch((cause: unknown) => {
        throw new UserError('ExportFailed', enHost.files.reportNotWritten(name), { cause });
      });
      return { name };
    },
  };
}

function droppedCountOf({ droppedCount, problems }: ImportReport): number {
  return droppedCount ?? problems.filter(({ dropped }) => dropped).length;
}
