// The many small numbers that the score is made of, in the order of the preferences.
import { number, type Field, type FieldPath } from './fields.ts';

const BASE: readonly Extract<FieldPath, `score.base.${string}`>[] = [
  'score.base.accepted',
  'score.base.accepted_busy',
  'score.base.accepted_unproven',
  'score.base.accept_all',
  'score.base.mailbox_full',
  'score.base.role',
  'score.base.disposable',
  'score.base.no_reply',
  'score.base.possible_typo',
  'score.base.possible_trap',
  'score.base.greylisted',
  'score.base.rate_limited',
  'score.base.unknown',
];

const FLAGS: readonly Extract<FieldPath, `score.flags.${string}`>[] = [
  'score.flags.trap',
  'score.flags.disposable',
  'score.flags.typo',
  'score.flags.no_reply',
  'score.flags.role',
  'score.flags.special_use',
  'score.flags.implicit_mx',
  'score.flags.aliased_mx',
  'score.flags.free',
  'score.flags.tagged',
  'score.flags.smtputf8',
  'score.flags.tls_unverified',
];

export const SCORE_FIELDS: { readonly base: readonly Field[]; readonly flags: readonly Field[] } = { base: BASE.map(number), flags: FLAGS.map(number) };
