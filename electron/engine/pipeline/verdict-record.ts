// Turns the outcome of asking one address into the record that the store commits: reason, score, flags, evidence, and
// when to ask again. Pure but for the jitter of the retry.
import { parseAddress } from '../../../shared/address/parse-address.ts';
import type { AddressLists } from '../../../shared/lists/address-lists.ts';
import type { Settings } from '../../../shared/settings/schema.ts';
import type { CatchAll, Evidence } from '../../../shared/verdict/evidence.ts';
import type { MailFlag } from '../../../shared/verdict/mail-providers.ts';
import { formatReply } from '../../../shared/verdict/reply.ts';
import { scoreOf } from '../../../shared/verdict/score.ts';
import type { Flag, Reason } from '../../../shared/verdict/verdict.ts';
import { assertNever } from '../../../shared/errors.ts';
import type { ClaimedAddress, VerdictRecord } from '../../worker/interface.ts';
import { decideVerdict, saidOf } from '../classify/decide-verdict.ts';
import { providerOf } from '../destinations/provider-rules.ts';
import { retryDelayMs } from '../destinations/retry-schedule.ts';
import type { Outcome } from './outcome.ts';
import { isOtherServer, type KnownRandom } from './random-recipient.ts';

/** What is known of the domain when an outcome is judged. */
export interface DomainKnowledge {
  readonly catchAll: CatchAll;
  readonly acceptedAny: boolean;
  readonly random: KnownRandom | null;
  readonly unverifiableProvider: boolean;
  readonly implicitMx: boolean;
  /** Who runs its mail servers. */
  readonly servedBy: readonly MailFlag[];
}

export interface RecordOptions {
  readonly settings: Settings;
  readonly practice: boolean;
  readonly lists: Pick<AddressLists, 'flagsOf'>;
}

export function verdictRecord(
  claimed: ClaimedAddress,
  outcome: Outcome,
  domain: DomainKnowledge,
  options: RecordOptions,
): VerdictRecord {
  const { settings } = options;
  const parsed = parseAddress(claimed.address);
  const listed = parsed.ok ? options.lists.flagsOf(parsed) : { flags: [], didYouMean: null };
  const flags = flagsOf(listed.flags, parsed.ok && parsed.smtputf8, outcome, domain, options);
  const { said, heard } = saidOf(outcome.result);
  const decision = decideVerdict({
    outcome: outcome.result,
    catchAll: domain.catchAll,
    random: domain.random?.answer ?? null,
    otherServer: isOtherServer(domain.random, outcome.target),
    acceptedAny: domain.acceptedAny,
    unverifiableProvider: domain.unverifiableProvider || providerOf(outcome.target?.mxHost ?? '')?.unverifiable === true,
    earlier: claimed.earlier,
    flags,
    verdictSettings: settings.verdict,
  });
  const { reason } = decision;
  // Where an earlier attempt decided, its words stand beside its reason.
  const earlier = decision.rule.then === 'earlier' ? claimed.earlier : null;
  const delayMs = retryAfterMs(reason, earlier === null ? reason : said, claimed.attempt, settings);
  return {
    rowId: claimed.rowId,
    reason,
    score: scoreOf(reason, flags, settings.score),
    flags,
    didYouMean: listed.didYouMean,
    heard: earlier?.heard ?? heard,
    reply: earlier === null ? replyText(outcome) : earlier.reply,
    mx: (earlier === null ? outcome.target?.mxHost : earlier.mx) ?? null,
    checkedAtMs: outcome.atMs,
    attempt: claimed.attempt,
    retryAtMs: delayMs === null ? null : outcome.atMs + delayMs,
    provisional: decision.provisional,
    evidence: evidenceOf(claimed, outcome, domain),
  };
}

/** When to ask again, after the more patient of both: what was said now, and the verdict that stands. Null where what was
 *  said now does not pass by itself: then asking again would only annoy. */
function retryAfterMs(reason: Reason, said: Reason, attempt: number, settings: Settings): number | null {
  const own = retryDelayMs(said, attempt, settings.retry);
  if (own === null || said === reason) return own;
  return Math.max(own, retryDelayMs(reason, attempt, settings.retry) ?? 0);
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
  for (const flag of domain.servedBy) flags.add(flag);
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
  // What a recipient that cannot exist was told stands beside it, with who told it and when: an acceptance or a refusal
  // is read against that. The encryption of that session is not kept.
  const { code, enhanced, text, mxHost, ip, atMs } = domain.random.fact;
  const { tls } = ip === where.ip ? where : { tls: null };
  return [own, { stage: 'RCPT', code, enhanced, text: `random recipient: ${text}`, mxHost, ip, tls, atMs, attempt: claimed.attempt }];
}
