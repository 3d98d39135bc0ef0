// What one SMTP reply says: its reason, of whom it speaks, how surely. Pure.
// Evidence is read in the order of verdicts.md: a provider's own telltales, words clearly about us, words about the
// mailbox, the enhanced status code (RFC 3463), weaker words, the basic code. Only replies to RCPT (or DATA, or of
// unknown stage) may speak of a recipient, and a 4yz never ends as `undeliverable`.
import type { SmtpReply, SmtpStage } from '../../../shared/verdict/evidence.ts';
import { type Reason, statusOf } from '../../../shared/verdict/verdict.ts';
import { basicCodeFinding, positiveFinding, sessionDefault } from './basic-code.ts';
import { enhancedCodeReason, namesMailbox } from './enhanced-code-reason.ts';
import type { Finding } from './finding.ts';
import { PROVIDER_RULES } from './provider-rules.ts';
import { tellingText, withoutAddresses } from './telling-text.ts';
import type { Classification, ReplyInput, ReplyScope } from './types.ts';
import type { WordRule } from './word-rule.ts';
import { WORDS_ABOUT_RECIPIENT, WORDS_FOR_BUSY_RECIPIENT } from './words-about-recipient.ts';
import { VAGUE_REFUSAL, WORDS_ABOUT_SERVER } from './words-about-server.ts';
import { WORDS_ABOUT_US } from './words-about-us.ts';

interface Words {
  readonly code: number;
  /** The reply's own, or one that stands inside its text (`#5.1.1`, `cuda_nsu 5.1.1`) and is of its class. */
  readonly enhanced: string | null;
  readonly telling: string;
  /** `code enhanced text`, for provider rules. */
  readonly plain: string;
  readonly mxHost: string;
}

const EMBEDDED_CODE = /(?:^|[\s(#[:-])([245]\.\d{1,3}\.\d{1,3})(?=$|[\s)\]:;,-])/gu;
const RETRY_WORDS = /try(?:ing)? (?:\w+ )?(?:again|later)|come back|retry|sp[aä]ter|plus tard|m[aá]s tarde|pi[uù] tardi|mais tarde|later opnieuw|p[oó][zź]niej|позже|稍后|再度/u;

/** Servers repeat themselves: what differs is mostly the echoed address, which is taken out first. Results never differ. */
const MAX_REMEMBERED = 2000;
const MAX_REMEMBERED_LENGTH = 800;
const remembered = new Map<string, Classification>();

export function classifyReply(input: ReplyInput): Classification {
  const { reply, stage } = input;
  if (reply.code < 400) return classification(positiveFinding(reply.code, stage));
  const text = withoutAddresses(reply.text);
  const mxHost = (input.mxHost ?? '').toLowerCase();
  const key = `${reply.code} ${reply.enhanced ?? '-'} ${stage ?? '-'} ${mxHost} ${text}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;

  const judged = judge(reply, stage, text, mxHost);
  if (key.length <= MAX_REMEMBERED_LENGTH) {
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(key, judged);
  }
  return judged;
}

function judge(reply: SmtpReply, stage: SmtpStage | null, text: string, mxHost: string): Classification {
  const enhanced = reply.enhanced ?? embeddedCode(reply.code, text);
  const words: Words = { code: reply.code, enhanced, telling: tellingText(text), plain: `${reply.code} ${enhanced ?? ''} ${text}`, mxHost };
  if (!speaksOfRecipient(stage)) return classification(sessionFinding(words, stage));
  return classification(afterTransience(recipientFinding(words), reply.code));
}

/** Verdicts rule 8: no stage, and stage DATA, are judged as if given to RCPT. */
function speaksOfRecipient(stage: SmtpStage | null): boolean {
  return stage === null || stage === 'RCPT' || stage === 'DATA';
}

function recipientFinding(words: Words): Finding {
  return (
    providerFinding(words) ??
    wordFinding(WORDS_FOR_BUSY_RECIPIENT, words) ??
    wordFinding(WORDS_ABOUT_US, words) ??
    wordFinding(WORDS_ABOUT_RECIPIENT, words) ??
    mailboxCodeFinding(words) ??
    wordFinding(WORDS_ABOUT_SERVER, words) ??
    enhancedFinding(words) ??
    vagueFinding(words) ??
    basicCodeFinding(words.code)
  );
}

/** Before RCPT nothing is about a recipient: what sounds like it is about the sender or the session (rule 1). */
function sessionFinding(words: Words, stage: SmtpStage | null): Finding {
  const found = providerFinding(words) ?? wordFinding(WORDS_ABOUT_US, words) ?? sessionWords(words, stage) ?? sessionDefault(words.code, stage);
  return statusOf(found.reason) === 'unknown' ? found : sessionDefault(words.code, stage);
}

function sessionWords(words: Words, stage: SmtpStage | null): Finding | null {
  const server = wordFinding(WORDS_ABOUT_SERVER, words);
  if (server !== null) return server;
  const byCode = words.enhanced === null ? null : enhancedCodeReason(words.enhanced);
  // At MAIL "does not exist" and X.1.x speak of the reverse-path.
  if (stage === 'MAIL' && (/^[45]\.1\./u.test(words.enhanced ?? '') || wordFinding(WORDS_ABOUT_RECIPIENT, words) !== null)) {
    return { reason: 'sender_rejected', confidence: 'fair' };
  }
  if (byCode === null || statusOf(byCode) !== 'unknown') return null;
  return { reason: byCode, confidence: 'fair' };
}

function providerFinding(words: Words): Finding | null {
  const rule = PROVIDER_RULES.find(({ when, mx }) => when.test(words.plain) && (mx === undefined || mx.test(words.mxHost)));
  return rule === undefined ? null : { reason: rule.reason, confidence: 'high' };
}

function wordFinding(rules: readonly WordRule[], words: Words): Finding | null {
  const rule = rules.find(
    ({ when, unless, code }) =>
      when.test(words.telling) && unless?.test(words.telling) !== true && code?.(words.code, words.enhanced) !== false,
  );
  return rule === undefined ? null : { reason: rule.reason, confidence: rule.confidence ?? 'high' };
}

function mailboxCodeFinding(words: Words): Finding | null {
  if (words.enhanced === null || !namesMailbox(words.enhanced)) return null;
  const reason = enhancedCodeReason(words.enhanced);
  return reason === null ? null : { reason, confidence: 'fair' };
}

function enhancedFinding(words: Words): Finding | null {
  const reason = words.enhanced === null ? null : enhancedCodeReason(words.enhanced);
  return reason === null ? null : { reason, confidence: 'fair' };
}

/** Refusals without a telling word about anybody. */
function vagueFinding({ code, telling }: Words): Finding | null {
  if (code >= 500) {
    // "Recipient address rejected" and nothing else: of the recipient perhaps, but it is what Postfix says of policy too.
    const rest = telling.replaceAll(/_addr_|_rcpt_|\brecipient|\baddress|\brejected|[\W\d]/gu, '');
    if (rest === '' && /_rcpt_|recipient|address/u.test(telling)) return { reason: 'mailbox_not_found', confidence: 'low', namesUser: false };
    return VAGUE_REFUSAL.test(telling) ? { reason: 'policy_rejected', confidence: 'low' } : null;
  }
  if ((code === 450 || code === 451) && RETRY_WORDS.test(telling)) return { reason: 'greylisted', confidence: 'low' };
  return null;
}

/** Verdicts rule 3: a 4yz may pass, whatever it says of the mailbox. */
function afterTransience(finding: Finding, code: number): Finding {
  if (code >= 500 || statusOf(finding.reason) !== 'undeliverable') return finding;
  return { ...finding, reason: 'server_error', confidence: 'fair' };
}

function classification(finding: Finding): Classification {
  const { reason, confidence } = finding;
  const scope = finding.scope ?? scopeOf(reason);
  const bare = finding.bare ?? false;
  return { reason, scope, confidence, bare, namesUser: finding.namesUser ?? NAMES_USER.has(reason) };
}

const NAMES_USER: ReadonlySet<Reason> = new Set<Reason>(['mailbox_not_found', 'mailbox_disabled', 'mailbox_full', 'accepted_busy']);
const ABOUT_SERVER: ReadonlySet<Reason> = new Set<Reason>(['server_error', 'protocol_error', 'provider_unverifiable']);

function scopeOf(reason: Reason): ReplyScope {
  if (statusOf(reason) !== 'unknown') return 'recipient';
  return ABOUT_SERVER.has(reason) ? 'server' : 'us';
}

function embeddedCode(code: number, text: string): string | null {
  for (const [, found] of text.matchAll(EMBEDDED_CODE)) {
    if (found?.startsWith(String(code).charAt(0)) === true) return found;
  }
  return null;
}
