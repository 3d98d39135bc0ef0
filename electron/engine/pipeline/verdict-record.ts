// Turns the outcome of asking one address into the record that the store commits: reason, score, flags, evidence, and
// when to ask again. Pure but for the jitter of the retry.
import { parseAddress } from '../../../shared/address/parse-address.ts';
import type { AddressLists } from '../../../shared/lists/address-lists.ts';
import type { Settings } from '../../../shared/settings/schema.ts';
import type { CatchAll, Evidence, Heard } from '../../../shared/verdict/evidence.ts';
import type { MailFlag } from '../../../shared/verdict/mail-providers.ts';
import { formatReply } from '../../../shared/verdict/reply.ts';
import { scoreOf } from '../../../shared/verdict/score.ts';
import type { Flag, Reason } from '../../../shared/verdict/verdict.ts';
import { assertNever } from '../../../shared/errors.ts';
import type { ClaimedAddress, VerdictRecord } from '../../worker/interface.ts';
import { decideVerdict, saidOf } from '../classify/decide-verdict.ts';
import { providerOf } from '../destinations/provider-rules.ts';
import { countedAttempt, retryAfterPauseMs, retryDelayMs } from '../destinations/retry-schedule.ts';
import type { Outcome } from './outcome.ts';
import { isOtherServer, type KnownRandom } from './random-recipient.ts';

/** What is known of the domain when an outcome is judged. */
export interface DomainKnowledge {
  readonly catchAll: CatchAll;
  readonly acceptedAny: boolean;
  readonly random: KnownRandom | null;
  readonly unverifiableProvider: boolean;
  readonly implicitMx: boolean;
  readonly aliasedMx: boolean;
  /** Who runs its mail servers. */
  readonly servedBy: readonly MailFlag[];
}

export interface RecordOptions {
  readonly settings: Settings;
  readonly practice: boolean;
  readonly lists: Pick<AddressLists, 'flagsOf'>;
}

export type VerdictMaker = (claimed: ClaimedAddress, outcome: Outcome, domain: DomainKnowledge) => VerdictRecord;

/** What the records of one flight's equal answers have in common: worked out once, however many there are. */
interface Common {
  readonly outcome: Outcome;
  readonly domain: DomainKnowledge;
  readonly attempt: number;
  readonly said: Reason;
  readonly heard: Heard;
  readonly reply: string;
  readonly evidence: readonly Evidence[];
  /** Without what lists say of the address. */
  readonly flags: readonly Flag[];
  /** The newest record of an address that was not asked before, to be had again for the next one of which lists say the
   *  same; null: none. */
  alike: { readonly listed: readonly Flag[]; readonly smtputf8: boolean; readonly record: VerdictRecord } | null;
}

/** Makes records of one run. Equal to `verdictRecord` for each, whatever was made before. */
export function createVerdictMaker(options: RecordOptions): VerdictMaker {
  const { settings, lists } = options;
  // Two, because acceptances and refusals take turns within a flight.
  let common: Common | null = null;
  let before: Common | null = null;

  function commonOf({ attempt }: ClaimedAddress, outcome: Outcome, domain: DomainKnowledge): Common {
    if (common !== null && isCommon(common, attempt, outcome, domain)) return common;
    if (before !== null && isCommon(before, attempt, outcome, domain)) {
      [common, before] = [before, common];
      return common;
    }
    const { said, heard } = saidOf(outcome.result);
    const flags = flagsOf([], false, outcome, domain, options);
    const made: Common = { outcome, domain, attempt, said, heard, reply: replyText(outcome), evidence: evidenceOf(attempt, outcome, domain), flags, alike: null };
    before = common;
    common = made;
    return made;
  }

  return (claimed, outcome, domain) => {
    const shared = commonOf(claimed, outcome, domain);
    const parsed = parseAddress(claimed.address);
    const listed = parsed.ok ? lists.flagsOf(parsed) : { flags: [], didYouMean: null };
    const smtputf8 = parsed.ok && parsed.smtputf8;
    const isAsOthers = listed.didYouMean === null && claimed.earlier === null;
    const { alike } = shared;
    if (isAsOthers && alike !== null && alike.smtputf8 === smtputf8 && isSame(alike.listed, listed.flags)) {
      return { ...alike.record, rowId: claimed.rowId };
    }

    const flags = listed.flags.length === 0 && !smtputf8 ? shared.flags : flagsOf(listed.flags, smtputf8, outcome, domain, options);
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
    const delayMs = retryAfterMs(reason, earlier === null ? reason : shared.said, claimed, outcome, settings);
    const record: VerdictRecord = {
      rowId: claimed.rowId,
      reason,
      score: scoreOf(reason, flags, settings.score),
      flags,
      didYouMean: listed.didYouMean,
      heard: earlier?.heard ?? shared.heard,
      reply: earlier === null ? shared.reply : earlier.reply,
      mx: (earlier === null ? outcome.target?.mxHost : earlier.mx) ?? null,
      checkedAtMs: outcome.atMs,
      attempt: claimed.attempt,
      retryAtMs: delayMs === null ? null : outcome.atMs + delayMs,
      provisional: decision.provisional,
      evidence: shared.evidence,
    };
    // Retries are spread out: each address has a time of its own.
    if (isAsOthers && delayMs === null) shared.alike = { listed: listed.flags, smtputf8, record };
    return record;
  };
}

function isCommon(common: Common, attempt: number, outcome: Outcome, domain: DomainKnowledge): boolean {
  return common.outcome === outcome && common.domain === domain && common.attempt === attempt;
}

/** Lists name flags in one order. */
function isSame(flags: readonly Flag[], others: readonly Flag[]): boolean {
  return flags.length === others.length && flags.every((flag, index) => flag === others[index]);
}

/** One record by itself. */
export function verdictRecord(claimed: ClaimedAddress, outcome: Outcome, domain: DomainKnowledge, options: RecordOptions): VerdictRecord {
  return createVerdictMaker(options)(claimed, outcome, domain);
}

/** When to ask again, after the more patient of both: what was said now, and the verdict that stands. Null where what was
 *  said now does not pass by itself: then asking again would only annoy. */
function retryAfterMs(reason: Reason, said: Reason, claimed: ClaimedAddress, outcome: Outcome, settings: Settings): number | null {
  const attempt = countedAttempt(claimed);
  const own = retryAfterPauseMs(said, attempt, outcome, settings.retry);
  if (own === null || said === reason) return own;
  return Math.max(own, retryDelayMs(reason, attempt, settings.retry) ?? 0);
}

const NO_FLAGS: readonly Flag[] = [];

function flagsOf(
  listed: readonly Flag[],
  smtputf8: boolean,
  outcome: Outcome,
  domain: DomainKnowledge,
  options: RecordOptions,
): readonly Flag[] {
  if (listed.length + domain.servedBy.length === 0 && !smtputf8 && !domain.implicitMx && !domain.aliasedMx && !options.practice && (outcome.tls === null || outcome.tls === 'none')) return NO_FLAGS;
  const flags = new Set<Flag>(listed);
  if (smtputf8) flags.add('smtputf8');
  if (domain.implicitMx) flags.add('implicit_mx');
  if (domain.aliasedMx) flags.add('aliased_mx');
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

function evidenceOf(attempt: number, outcome: Outcome, domain: DomainKnowledge): Evidence[] {
  const where = { mxHost: outcome.target?.mxHost ?? null, ip: outcome.target?.ip ?? null, tls: outcome.tls };
  const when = { atMs: outcome.atMs, attempt };
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
  return [own, { stage: 'RCPT', code, enhanced, text: `random recipient: ${text}`, mxHost, ip, tls, atMs, attempt }];
}
