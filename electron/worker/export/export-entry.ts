// The exporting thread: started for one export, and ended after it. It reads the databases and writes the user's file; so
// neither the writer's commits nor the window's pages wait for it.
import { serveCalls } from '../serve-calls.ts';
import { Exporter } from './exporter.ts';
import type { ExportOptions, ExportTo } from './export-api.ts';

serveCalls((dir) => {
  const exporter = new Exporter(dir);
  return (name) => {
    switch (name) {
      case 'exportList':
        return ([options], hooks) => exporter.exportList(options as ExportOptions, hooks);
      case 'summaryPage':
        return ([listId], hooks) => exporter.summaryPage(listId as number, hooks);
      case 'writeExport':
        return ([to, bytes]) => { exporter.writeExport(to as ExportTo, bytes as Uint8Array); };
      case 'close':
        return () => { exporter.close(); };
      default:
        throw new Error(`The exporting thread has no ${name}.`);
    }
  };
});
