// A rule that reads words: a family of phrases that say the same thing, in any language, and what they mean.
// Patterns see `tellingText` only (lower case, echoes taken out). Gaps are bounded, so matching is linear in the text.
import type { Reason } from '../../../shared/verdict/verdict.ts';

export interface WordRule {
  readonly reason: Reason;
  readonly when: RegExp;
  /** Words that turn the rule off. */
  readonly unless?: RegExp;
  /** Only for replies with one of these basic codes or enhanced codes. */
  readonly code?: (code: number, enhanced: string | null) => boolean;
  readonly confidence?: 'high' | 'fair' | 'low';
}

/** A character that does not end a sentence, Chinese and Japanese ones too. */
const WITHIN_SENTENCE = '[^.;!?。；！？]';

/** `subject` and `predicate` in either order, at most `gap` characters of one sentence apart. */
export function near(subject: string, predicate: string, gap = 40): RegExp {
  const between = `${WITHIN_SENTENCE}{0,${gap}}?`;
  return new RegExp(`(?:${subject})${between}(?:${predicate})|(?:${predicate})${between}(?:${subject})`, 'u');
}

/** `first`, then `second`, at most `gap` characters of one sentence apart. */
export function followedBy(first: string, second: string, gap = 40): RegExp {
  return new RegExp(`(?:${first})${WITHIN_SENTENCE}{0,${gap}}?(?:${second})`, 'u');
}

/** Any of the patterns. */
export function anyOf(...patterns: readonly (RegExp | string)[]): RegExp {
  return new RegExp(patterns.map((pattern) => (typeof pattern === 'string' ? pattern : pattern.source)).join('|'), 'u');
}
