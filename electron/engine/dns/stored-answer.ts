// Which answers may outlive a run, and how they are written. Only what was found: an answer that there is nothing makes
// addresses undeliverable, and the next run may ask from another network; the same goes for addresses that are not public
// (a filter's 0.0.0.0, split-horizon DNS). Reading trusts nothing: what is not exactly an answer is none.
import { z } from 'zod';
import { targetClassOf } from '../../../shared/net/target-policy.ts';
import type { DnsAnswer } from './dns-answer.ts';

const ttlSec = z.number().int().min(0);
const answerSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('records'),
    mx: z.array(z.strictObject({ preference: z.int().min(0).max(65_535), exchange: z.string().max(255) })),
    ips: z.array(z.string().max(45)),
    aliased: z.literal(true).exactOptional(),
    ttlSec,
  }),
  z.strictObject({ kind: z.literal('alias'), target: z.string().max(255), steps: z.int().min(1).max(8), ttlSec }),
]);

/** The answer as text, or null if it must not outlive the run. */
export function storedAnswer(answer: DnsAnswer): string | null {
  if (answer.kind !== 'records' && answer.kind !== 'alias') return null;
  if (answer.kind === 'records' && !answer.ips.every((ip) => targetClassOf(ip) === 'public')) return null;
  return JSON.stringify(answer);
}

/** Null for what is no answer that was stored here. */
export function readStoredAnswer(text: string): DnsAnswer | null {
  try {
    const answer = answerSchema.parse(JSON.parse(text));
    return storedAnswer(answer) === null || (answer.kind === 'records' && answer.mx.length + answer.ips.length === 0) ? null : answer;
  } catch {
    return null;
  }
}
