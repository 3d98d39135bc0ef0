// Sends an error of the page to the log, cut to the lengths that the contract allows. Never throws and never rejects:
// it is called where something has failed already.
import type { ChannelInput } from '../shared/ipc/contract.ts';
import { api } from './api.ts';

type Report = ChannelInput<'log.report'>;

export function reportError(source: Report['source'], error: unknown): void {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const stack = error instanceof Error ? error.stack?.slice(0, 8_000) : undefined;
  const report: Report = { source, message: message.slice(0, 2_000), ...(stack === undefined ? {} : { stack }) };
  api.logReport(report).catch(() => undefined); // main is gone; there is nobody left to be told
}
