// Judges what came of a fault: right reasons, no `undeliverable` from anybody's trouble, addresses asked again where the
// reason can pass, every attempt over by its deadline. An empty list is a pass; each line names what was wrong.
// Never throws: a row that cannot be run is a problem like any other.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { retryDelayMs } from '../../../electron/engine/destinations/retry-schedule.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/schema.ts';
import { statusOf } from '../../../shared/verdict/verdict.ts';
import type { Fault, FaultResult } from './fault.ts';

/** An attempt may end this much after its deadline: turns of the loop, not waiting. */
const GRACE_MS = 1_000;
const RESOLUTION_MS = 20;

/** @param lateMs how late this process was itself in all, because others had the machine: no server's doing */
export function problemsOf(fault: Fault, result: FaultResult, lateMs = 0): string[] {
  const problems = [...result.violations];
  if (result.verdicts.length === 0) problems.push('nobody was asked');
  for (const { address, reason, expected, scheduled } of result.verdicts) {
    if (!expected.includes(reason)) problems.push(`${address}: ${String(reason)}, expected ${expected.map(String).join(' or ')}`);
    if (reason === null) continue;
    if (statusOf(reason) === 'undeliverable' && fault.mayRefuse !== true) problems.push(`${address}: undeliverable(${reason}) from a fault`);
    const passes = retryDelayMs(reason, 1, DEFAULT_SETTINGS.retry) !== null;
    if (passes && !scheduled) problems.push(`${address}: ${reason} can pass, and is not asked again`);
  }
  for (const { what, tookMs, deadlineMs } of result.attempts) {
    if (tookMs > deadlineMs + GRACE_MS + lateMs) problems.push(`${what} took ${tookMs.toFixed(0)} ms, its deadline is ${String(deadlineMs)} ms`);
  }
  return problems;
}

/** Runs one fault with one seed; the problems of it. */
export async function tryFault(fault: Fault, seed: number): Promise<string[]> {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  try {
    const result = await fault.run(seed);
    return problemsOf(fault, result, Math.max(0, (delay.mean / 1e6 - RESOLUTION_MS) * delay.count));
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  } finally {
    delay.disable();
  }
}
