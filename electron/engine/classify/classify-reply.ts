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
import { anyOf, type WordRule } from './word-rule.ts';
import { MESSAGE_REFUSED } from './words-about-content.ts';
import { WORDS_ABOUT_RECIPIENT, WORDS_FOR_BUSY_RECIPIENT } from './words-about-recipient.ts';
import { VAGUE_REFUSAL, WORDS_ABOUT_SERVER } from './words-about-server.ts';
import { WORDS_ABOUT_US } from './words-about-us.ts';
import { OTHER_LANGUAGES } from './words-of-languages.ts';

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
const RETRY_WORDS = anyOf('try(?:ing)? (?:\\w+ )?(?:again|later)|come back|retry', OTHER_LANGUAGES.later);

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

function recipientFinding(spoken: Words): Finding {
  const words = { ...spoken, telling: spoken.telling.replaceAll(BOILERPLATE, ' ').trim() };
  return (
    providerFinding(words) ??
    wordFinding(WORDS_FOR_BUSY_RECIPIENT, words) ??
    wordFinding(WORDS_ABOUT_US, words) ??
    wordFinding(WORDS_ABOUT_RECIPIENT, words) ??
    mailboxCodeFinding(words) ??
    tooManyRecipientsFinding(words) ??
    wordFinding(WORDS_ABOUT_SERVER, words) ??
    lookUpFinding(words) ??
    boilerplateFinding(spoken, words) ??
    wordFinding([MESSAGE_REFUSED], words) ??
    recipientRejectedFinding(words) ??
    enhancedFinding(words) ??
    vagueFinding(words) ??
    basicCodeFinding(words.code)
  );
}

/** RFC 5321 4.2.2 gives these texts for 550, 553 and 554. Many servers send them before their own words, which outweigh them. */
const BOILERPLATE = /\brequested (?:mail )?action (?:was )?not taken: mailbox (?:unavailable|not available)\b|\bmailbox name not allowed\b|\btransaction failed\b/gu;

/** Taken at their word where nothing else tells. */
function boilerplateFinding(spoken: Words, rest: Words): Finding | null {
  if (spoken.telling === rest.telling || VAGUE_REFUSAL.test(rest.telling)) return null;
  // Who asks us to come again does not speak of a mailbox that is gone, whatever the code.
  if (RETRY_WORDS.test(rest.telling)) return { reason: 'server_error', confidence: 'low' };
  const found = wordFinding(WORDS_ABOUT_RECIPIENT, spoken);
  return found === null || /^\W*$/u.test(rest.telling) ? found : { ...found, confidence: 'fair' };
}

/** The recipient is rejected, and no word says why. It is what X.7.1 says of policy too: a weak sign. */
const RECIPIENT_REJECTED = /^\W*(?:_addr_\W*)?(?:the )?recipients? (?:was |is |has been )?(?:rejected|refused)\W*(?:_addr_\W*)?(?:[a-z]\d{1,3}\W*)?$/u;

function recipientRejectedFinding({ code, telling }: Words): Finding | null {
  return code >= 500 && RECIPIENT_REJECTED.test(telling) ? { reason: 'mailbox_not_found', confidence: 'low', namesUser: false } : null;
}

const NOT_THERE = /(?:does|do)(?: not|n't) exist|not found|unknown|invalid/u;
/** What the server says of the name that we gave. */
const NAME_WORDS = /domain|host|name|qualified|argument|local/u;

/** Before RCPT nothing is about a recipient: what sounds like it is about the sender or the session (rule 1). */
function sessionFinding(words: Words, stage: SmtpStage | null): Finding {
  const found = providerFinding(words) ?? wordFinding(WORDS_ABOUT_US, words) ?? sessionWords(words, stage) ?? sessionDefault(words.code, stage);
  return statusOf(found.reason) === 'unknown' ? found : sessionDefault(words.code, stage);
}

function sessionWords(words: Words, stage: SmtpStage | null): Finding | null {
  if ((stage === 'EHLO' || stage === 'HELO') && words.code > 500 && words.code !== 502 && words.code !== 503 && NAME_WORDS.test(words.telling)) {
    return { reason: 'helo_rejected', confidence: 'fair' };
  }
  const server = wordFinding(WORDS_ABOUT_SERVER, words);
  if (server !== null) return server;
  const byCode = words.enhanced === null ? null : enhancedCodeReason(words.enhanced);
  // At MAIL "does not exist" and X.1.x speak of the reverse-path.
  if (stage === 'MAIL' && (/^[45]\.1\./u.test(words.enhanced ?? '') || wordFinding(WORDS_ABOUT_RECIPIENT, words) !== null || NOT_THERE.test(words.telling))) {
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
  if (words.enhanced === null || !namesMailbox(words.enhanced) || speaksOfMessage(words)) return null;
  const reason = enhancedCodeReason(words.enhanced);
  return reason === null ? null : { reason, confidence: 'fair' };
}

/** Some servers send X.2.1 with any refusal: where the words are of the message and not of a mailbox, it is not believed. */
function speaksOfMessage({ enhanced, telling }: Words): boolean {
  if (enhanced?.endsWith('.2.1') !== true) return false;
  return /\b(?:message|delivery|connection|server|host|domain|session)\b/u.test(telling) && !/mail ?box|account|user|recipient|address|_addr_|inbox|alias/u.test(telling);
}

/** X.5.3 is "too many recipients" (RFC 3463), also where the words only say that something is unavailable. */
function tooManyRecipientsFinding({ enhanced }: Words): Finding | null {
  return enhanced?.endsWith('.5.3') === true ? { reason: 'rate_limited', confidence: 'fair' } : null;
}

/** A refusal with a link to a page about our IP address, and no other word. */
function lookUpFinding({ code, telling }: Words): Finding | null {
  return code >= 500 && telling.includes('_lookup_') ? { reason: 'ip_blocked', confidence: 'fair' } : null;
}

function enhancedFinding(words: Words): Finding | null {
  const reason = words.enhanced === null ? null : speaksOfMessage(words) ? 'policy_rejected' : enhancedCodeReason(words.enhanced);
  if (reason === 'greylisted' && LASTING_REFUSAL.test(words.telling)) return { reason: 'policy_rejected', confidence: 'low' };
  return reason === null ? null : { reason, confidence: 'fair' };
}

/** 4.7.1 is what greylisting says, unless the words deny. */
const LASTING_REFUSAL = /denied|forbidden|prohibited|permitted|not allowed/u;

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
