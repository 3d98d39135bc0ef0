// Errors of the page, written to the log. A page that fails in a loop is held back by the log's own limit.
import type { Log } from '../../log.ts';
import type { Handlers } from '../dispatch.ts';

export function logHandlers(log: Log): Pick<Handlers, 'log.report'> {
  return {
    'log.report': (report) => {
      log.error('renderer', report.message, { source: report.source, stack: report.stack });
      return undefined;
    },
  };
}
