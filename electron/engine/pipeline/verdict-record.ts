// Turns the outcome of asking one address into the record that the store commits: reason, score, flags, evidence, and
// when to ask again. Pure but for the jitter of the retry.
import { parseAddress } from '../../../shared/address/parse-address.ts';
import { addressFlags } from '../../../shared/lists/address-flags.ts';
import type { Settings } from '../../../shared/settings/schema.ts';
import type { Evidence } from '../../../shared/verdict/evidence.ts';
import { formatReply } from '../../../shared/verdict/reply.ts';
import { scoreOf } from '../../../shared/verdict/score.ts';
import type { Flag, Reason } from '../../../shared/verdict/verdict.ts';
import { assertNever } from '../../../shared/errors.ts';
import type { ClaimedAddress, VerdictRecord } from '../../worker/interface.ts';
import { decideVerdict } from '../classify/decide-verdict.ts';
import type { RandomAnswer } from '../classify/decide-verdict.ts';
import { retryDelayMs } from '../destinations/retry-schedule.ts';
import type { CatchAll } from '../../../shared/verdict/evidence.ts';
import type { Outcome } from './outcome.ts';

/** What is known of the domain when an outcome is judged. */
export interface DomainKnowledge {
  readonly catchAll: CatchAll;
  readonly acceptedAny: boolean;
  readonly random: RandomAnswer | null;
  readonly unverifiableProvider: boolean;
  readonly implicitMx: boolean;
}

export interface RecordOptions {
  readonly settings: Settings;
  readonly practice: boolean;
}

export function verdictRecord(
  claimed: ClaimedAddress,
  outcome: Outcome,
  domain: DomainKnowledge,
  options: RecordOptions,
): VerdictRecord {
  const parsed = parseAddress(claimed.address);
  const listed = parsed.ok ? addressFlags(parsed) : { flags: [], didYouMean: null };
  const flags = flagsOf(listed.flags, parsed.ok && parsed.smtputf8, outcome, domain, options);
  const { reason, provisional } = judge(outcome, domain, flags, options.settings);
  const delayMs = retryDelayMs(reason, claimed.attempt, options.settings.retry);
  return {
    rowId: claimed.rowId,
    reason,
    score: scoreOf(reason, flags),
    flags,
    didYouMean: listed.didYouMean,
    reply: replyText(outcome),
    mx: outcome.target?.mxHost ?? null,
    checkedAtMs: outcome.atMs,
    attempt: claimed.attempt,
    retryAtMs: delayMs === null ? null : outcome.atMs + delayMs,
    provisional,
    evidence: evidenceOf(claimed, outcome, domain),
  };
}

function judge(
  outcome: Outcome,
  domain: DomainKnowledge,
  flags: readonly Flag[],
  settings: Settings,
): { reason: Reason; provisional: boolean } {
  if (outcome.result.kind === 'local') return { reason: outcome.result.reason, provisional: false };
  return decideVerdict({
    outcome: outcome.result,
    catchAll: domain.catchAll,
    random: domain.random,
    acceptedAny: domain.acceptedAny,
    unverifiableProvider: domain.unverifiableProvider,
    flags,
    verdictSettings: settings.verdict,
  });
}

function flagsOf(
  listed: readonly Flag[],
  smtputf8: boolean,
  outcome: Outcome,
  domain: DomainKnowledge,
  options: RecordOptions,
): Flag[] {
  const flags = new Set<Flag>(listed);
  if (smtputf8) flags.add('smtputf8');
  if (domain.implicitMx) flags.add('implicit_mx');
  if (outcome.tls === 'verified') flags.add('tls');
  if (outcome.tls === 'unverified') flags.add('tls_unverified');
  if (options.practice) flags.add('practice');
  return [...flags];
}

function replyText(outcome: Outcome): string {
  const { result } = outcome;
  switch (result.kind) {
    case 'reply':
      return formatReply(result.reply);
    case 'failure':
      return result.failure.reply === null ? result.failure.detail : formatReply(result.failure.reply);
    case 'local':
      return result.detail;
    default:
      return assertNever(result);
  }
}

function evidenceOf(claimed: ClaimedAddress, outcome: Outcome, domain: DomainKnowledge): Evidence[] {
  const where = { mxHost: outcome.target?.mxHost ?? null, ip: outcome.target?.ip ?? null, tls: outcome.tls };
  const when = { atMs: outcome.atMs, attempt: claimed.attempt };
  const { result } = outcome;
  if (result.kind === 'local') {
    return [{ stage: result.stage, code: null, enhanced: null, text: result.detail, ...where, ...when }];
  }
  const stage = result.kind === 'reply' ? 'RCPT' : result.failure.stage;
  const reply = result.kind === 'reply' ? result.reply : result.failure.reply;
  const own: Evidence = {
    stage,
    code: reply?.code ?? null,
    enhanced: reply?.enhanced ?? null,
    text: reply?.text ?? replyText(outcome),
    ...where,
    ...when,
  };
  if (domain.random === null || result.kind !== 'reply') return [own];
  // What a recipient that cannot exist was told stands beside it: an acceptance or a refusal is read against that.
  const { reply: random } = domain.random;
  return [own, { stage: 'RCPT', code: random.code, enhanced: random.enhanced, text: `random recipient: ${random.text}`, ...where, ...when }];
}
