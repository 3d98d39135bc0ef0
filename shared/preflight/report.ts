// What a preflight found: plain, bounded data that crosses to the window and into JSON. The facts are what the words fill
// in; each is there only where its finding needs it.
import { z } from 'zod';
import { CHECK_IDS, FINDINGS } from './findings.ts';

const text = z.string().max(1_000);

const checkFacts = z.strictObject({
  /** Mail servers that were visited. */
  hosts: z.array(text).max(32).optional(),
  /** Of those, how many spoke. */
  spoke: z.int().min(0).optional(),
  /** Our own address, as others see it. */
  ip: text.optional(),
  /** Further addresses that others saw. */
  others: z.array(text).max(32).optional(),
  /** Names that the address leads back to. */
  names: z.array(text).max(32).optional(),
  helo: text.optional(),
  domain: text.optional(),
  greeting: text.optional(),
  /** The SPF record, or what is wrong with it. */
  record: text.optional(),
  /** Block lists that name the address, each with what it says. */
  listed: z.array(text).max(32).optional(),
  /** Block lists that do not answer this DNS server. */
  refused: z.array(text).max(32).optional(),
  /** What was got instead, in the machine's words. */
  detail: text.optional(),
});

export const checkResult = z.strictObject({
  id: z.enum(CHECK_IDS),
  state: z.enum(['ok', 'warning', 'failed', 'unknown', 'skipped']),
  finding: z.enum(FINDINGS),
  facts: checkFacts,
});

export const preflightReport = z.strictObject({
  /** Epoch milliseconds. */
  endedAtMs: z.int().min(0),
  tookMs: z.number().min(0),
  /** In the order of CHECK_IDS. */
  checks: z.array(checkResult),
});

export type CheckFacts = z.output<typeof checkFacts>;
export type CheckResult = z.output<typeof checkResult>;
export type PreflightReport = z.output<typeof preflightReport>;

/** Checks that somebody should look at: what is wrong, and what may become so. */
export function toLookAt({ checks }: PreflightReport): readonly CheckResult[] {
  return checks.filter(({ state }) => state === 'failed' || state === 'warning');
}

/** Whether asking mail servers makes no sense here: port 25 is shut, or somebody else answers on it. */
export function cannotAsk({ checks }: PreflightReport): boolean {
  return checks.some(({ id, state }) => (id === 'port25' || id === 'portal') && state === 'failed');
}
