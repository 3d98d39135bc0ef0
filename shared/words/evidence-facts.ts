// From the evidence of a verdict to what an explanation needs: which piece decided, how far the question got, what was
// said, and what the domain's random recipient was told, by whom. Pure; judges nothing and words nothing.
import { type Evidence, type SmtpStage, SMTP_STAGES } from '../verdict/evidence.ts';
import { isReused } from '../verdict/reused.ts';
import type { Reason } from '../verdict/verdict.ts';

/** How far the question got. `silence`: the server was reached and gave no answer; `session`: it answered something else;
 *  `reused`: it was asked for another list. */
export type QuestionKind = 'syntax' | 'dns' | 'local' | 'unreached' | 'silence' | 'session' | 'recipient' | 'reused';

export interface EvidenceFacts {
  readonly kind: QuestionKind;
  readonly mx: string | null;
  readonly ip: string | null;
  /** What the server said, `code enhanced text`; empty where it said nothing. */
  readonly quote: string;
  /** What happened instead of a reply; empty where nothing is known. */
  readonly detail: string;
  /** 1-based position of a syntax fault. */
  readonly position: number | null;
  readonly random: { readonly quote: string; readonly mx: string; readonly elsewhere: boolean; readonly refused: boolean } | null;
  /** A later attempt than the one that decided heard less. */
  readonly laterHeardLess: boolean;
}

/** The mark before the text of what a random recipient was told. */
const RANDOM_PREFIX = 'random recipient: ';

interface Decided {
  readonly reason: Reason;
  readonly reply: string | null;
  readonly mx: string | null;
  readonly evidence: readonly Evidence[];
}

export function factsOfEvidence({ reason, reply, mx, evidence }: Decided): EvidenceFacts {
  const own = evidence.filter((piece) => !isRandom(piece));
  const decided = own.findLast((piece) => said(piece) === reply) ?? own.at(-1) ?? null;
  const random = decided === null ? null : (evidence.findLast((piece) => isRandom(piece) && piece.attempt === decided.attempt) ?? null);
  const answer = decided === null ? (reply ?? '') : said(decided);
  const isReply = decided === null ? /^[2-5]\d\d(?: |$)/.test(answer) : decided.code !== null;
  return {
    kind: decided === null ? kindOfReason(reason, isReply) : kindOf(decided, reason),
    mx: decided?.mxHost ?? mx,
    ip: decided?.ip ?? null,
    quote: isReply ? answer : '',
    detail: isReply ? '' : answer,
    position: positionIn(answer),
    random: random === null ? null : randomFacts(decided, random),
    laterHeardLess: decided !== null && own.some((piece) => piece.attempt > decided.attempt),
  };
}

function kindOf({ stage, code, attempt }: Evidence, reason: Reason): QuestionKind {
  if (isReused({ stage, attempt })) return 'reused';
  if (stage === 'DNS') return 'dns';
  if (stage === 'LOCAL') return isSyntax(reason) ? 'syntax' : 'local';
  if (code !== null) return speaksOfRecipient(stage) ? 'recipient' : 'session';
  return stage === 'CONNECT' && reason !== 'protocol_error' ? 'unreached' : 'silence';
}

/** Where no evidence was kept. */
function kindOfReason(reason: Reason, isReply: boolean): QuestionKind {
  if (isSyntax(reason)) return 'syntax';
  if (isReply) return 'recipient';
  if (DNS_REASONS.has(reason)) return 'dns';
  return reason === 'no_connect' || reason === 'port25_blocked' ? 'unreached' : 'silence';
}

const DNS_REASONS: ReadonlySet<Reason> = new Set<Reason>(['domain_not_found', 'no_mail_server', 'null_mx', 'unroutable_mx', 'dns_temporary', 'blocked_target']);

function speaksOfRecipient(stage: SmtpStage): boolean {
  return SMTP_STAGES.indexOf(stage) >= SMTP_STAGES.indexOf('RCPT') && stage !== 'RSET' && stage !== 'QUIT';
}

function isSyntax(reason: Reason): boolean {
  return reason.startsWith('syntax_');
}

function isRandom({ stage, text }: Evidence): boolean {
  return stage === 'RCPT' && text.startsWith(RANDOM_PREFIX);
}

function randomFacts(own: Evidence | null, random: Evidence): EvidenceFacts['random'] {
  const quote = said({ ...random, text: random.text.slice(RANDOM_PREFIX.length) });
  return { quote, mx: random.mxHost ?? '', elsewhere: isElsewhere(own, random), refused: random.code !== null && random.code >= 500 };
}

/** Other names may be the same server, but what is shown must not say more than is known. */
function isElsewhere(own: Evidence | null, random: Evidence): boolean {
  return own !== null && own.mxHost !== random.mxHost && own.ip !== random.ip;
}

function said({ code, enhanced, text }: Evidence): string {
  return [code === null ? '' : String(code), enhanced ?? '', text].filter((part) => part !== '').join(' ');
}

function positionIn(text: string): number | null {
  const digits = /^syntax_\w+ at character (\d{1,7})$/.exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}
