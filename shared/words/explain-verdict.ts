// One verdict explained to somebody who sends newsletters: what was asked of whom, what was answered, what that means,
// and what to do. Names the server, quotes its answer, says what an address that cannot exist was told.
// Always holds: four whole sentences or more, for every reason and whatever evidence was kept; what strangers wrote
// stands in quotation marks and is made safe (quote-text). Computes no verdict.
import type { Evidence } from '../verdict/evidence.ts';
import { mailProviderOf } from '../verdict/mail-providers.ts';
import { type Flag, type Reason, type Status, statusOf } from '../verdict/verdict.ts';
import { en } from './en.ts';
import { factsOfEvidence, type EvidenceFacts } from './evidence-facts.ts';
import { quoteText } from './quote-text.ts';
import type { Words } from './words.ts';

export interface ExplainedVerdict {
  readonly address: string;
  readonly reason: Reason;
  readonly flags: readonly Flag[];
  /** The reply that decided, as it is stored; null where there was none. */
  readonly reply: string | null;
  readonly mx: string | null;
  /** The last attempt; 0 or null where nobody was asked. */
  readonly attempt: number | null;
  /** Epoch milliseconds; null: it is not asked again. */
  readonly retryAtMs: number | null;
  readonly didYouMean: string | null;
  /** Of all attempts; may be empty where it was not kept. */
  readonly evidence: readonly Evidence[];
  /** Known from the reason; taken so that a row can be passed as it is. */
  readonly status?: Status | null;
  readonly score?: number | null;
}

/** Each is at least one whole sentence. */
export interface Explanation {
  readonly asked: string;
  readonly answered: string;
  readonly means: string;
  readonly advice: string;
}

export interface ExplainOptions {
  /** A moment as the user reads it; ISO in UTC by default. `epochMs`: milliseconds since the epoch. */
  readonly formatTime?: (epochMs: number) => string;
  readonly words?: Pick<Words, 'explain' | 'reasons'>;
}

export function explainVerdict(verdict: ExplainedVerdict, options: ExplainOptions = {}): Explanation {
  const facts = factsOfEvidence(verdict);
  const words = options.words ?? en;
  const address = quoteText(verdict.address, 200);
  const domain = address.slice(address.lastIndexOf('@') + 1);
  const server = serverOf(facts.mx, facts.ip, domain, words);
  return {
    asked: sentence(asked(verdict, facts, { address, domain, server }, words)),
    answered: sentence(answered(verdict, facts, domain, words)),
    means: sentence(means(verdict, facts, words)),
    advice: sentence(advice(verdict, words, options.formatTime ?? isoMinute)),
  };
}

function asked(
  { attempt }: ExplainedVerdict,
  facts: EvidenceFacts,
  { address, domain, server }: { address: string; domain: string; server: string },
  { explain: { asked: text } }: Pick<Words, 'explain'>,
): string[] {
  const again = attempt !== null && attempt > 1 ? [text.attempt(String(attempt))] : [];
  switch (facts.kind) {
    case 'syntax':
      return [text.syntax];
    case 'dns':
      return [text.dns(domain), ...again];
    case 'local':
      return [text.local(server, address), ...again];
    case 'reused':
      return [text.reused(server, address)];
    case 'unreached':
      return [text.unreached(server, address), ...again];
    case 'silence':
    case 'session':
      return [text.session(server, address), ...again];
    case 'recipient': {
      const { random } = facts;
      if (random === null) return [text.recipient(server, address), ...again];
      const compared = random.elsewhere ? text.randomElsewhere(quoteText(random.mx, 120)) : text.random;
      return [text.recipient(server, address), compared, ...again];
    }
  }
}

function answered(verdict: ExplainedVerdict, facts: EvidenceFacts, domain: string, words: Pick<Words, 'explain' | 'reasons'>): string[] {
  const { answered: text } = words.explain;
  const { reason } = verdict;
  const detail = facts.detail === '' ? [] : [text.detail(quoteText(facts.detail).replace(/\.$/, ''))];
  const later = facts.laterHeardLess ? [text.laterSilence] : [];
  switch (facts.kind) {
    case 'syntax': {
      const { happened } = words.reasons[reason];
      const at = facts.position === null ? [] : [text.faultAt(String(facts.position))];
      return [text.fault(happened.slice(happened.indexOf(':') + 1).trim()), ...at];
    }
    case 'dns': {
      const found = text.found[reason]?.(domain);
      // What DNS said for certain needs no technical detail.
      return found === undefined ? [text.silence, ...detail] : [found, ...(statusOf(reason) === 'undeliverable' ? [] : detail)];
    }
    case 'local':
      return [text.otherwise(quoteText(facts.detail === '' ? words.reasons[reason].label : facts.detail).replace(/\.$/, ''))];
    case 'reused':
      return [text.reused(quoteText(facts.quote))];
    case 'unreached':
      return [text.unreached, ...detail, ...later];
    case 'silence':
      return [silence(reason, text), ...later];
    case 'session':
      return [text.sessionQuote(quoteText(facts.quote)), ...later];
    case 'recipient':
      return [text.quote(quoteText(facts.quote)), ...randomAnswer(reason, facts, text), ...later];
  }
}

function silence(reason: Reason, text: Words['explain']['answered']): string {
  if (reason === 'timeout') return text.timeout;
  if (reason === 'dropped') return text.dropped;
  return reason === 'protocol_error' ? text.protocol : text.silence;
}

function randomAnswer(reason: Reason, { random }: EvidenceFacts, text: Words['explain']['answered']): string[] {
  if (random === null) return reason === 'accepted_unproven' ? [text.noRandom] : [];
  return [random.elsewhere ? text.randomQuoteElsewhere(quoteText(random.quote)) : text.randomQuote(quoteText(random.quote))];
}

function means({ reason, retryAtMs }: ExplainedVerdict, facts: EvidenceFacts, { explain, reasons }: Pick<Words, 'explain' | 'reasons'>): string[] {
  const { means: text } = explain;
  const disagree = reason === 'accepted_unproven' && facts.random?.elsewhere === true && facts.random.refused;
  const parts = [disagree ? text.otherServer : reasons[reason].means];
  const filter = facts.kind === 'recipient' && facts.mx !== null ? mailProviderOf(facts.mx) : null;
  if (filter?.kind === 'gateway') parts.push(text.gateway(filter.name));
  if (retryAtMs !== null && reason !== 'not_probed') parts.push(text.stillOpen);
  return parts;
}

function advice(
  { reason, attempt, retryAtMs, didYouMean }: ExplainedVerdict,
  { explain: { advice: text }, reasons }: Pick<Words, 'explain' | 'reasons'>,
  formatTime: (epochMs: number) => string,
): string[] {
  const status = statusOf(reason);
  // Nobody asks it by itself: the user starts the full run.
  if (reason === 'not_probed') return [reasons[reason].advice];
  if (retryAtMs !== null) return [text.again(formatTime(retryAtMs))];
  if (didYouMean !== null && status !== 'deliverable') {
    const suggestion = quoteText(didYouMean, 200);
    return status === 'undeliverable' ? [text.didYouMean(suggestion), reasons[reason].advice] : [text.didYouMeanRisky(suggestion), reasons[reason].advice];
  }
  if (status === 'unknown' && attempt !== null && attempt > 1) return [text.askedEnough(String(attempt)), text.keep];
  // Their advice begins with "it is asked again": no longer true.
  if (reason === 'greylisted' || reason === 'rate_limited') return [text.keep];
  return [reasons[reason].advice];
}

function serverOf(mx: string | null, ip: string | null, domain: string, { explain: { server: text } }: Pick<Words, 'explain'>): string {
  if (mx === null) return text.unnamed(domain);
  const named = text.named(quoteText(mx, 120), ip ?? '');
  const provider = mailProviderOf(mx);
  if (provider === null) return named;
  return provider.kind === 'gateway' ? text.gateway(named, provider.name) : text.provider(named, provider.name);
}

/** Sentences of ours, in a row, the first letter a capital. */
function sentence(parts: readonly string[]): string {
  const text = parts.join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function isoMinute(epochMs: number): string {
  const date = new Date(epochMs);
  return Number.isNaN(date.getTime()) ? 'a later time' : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
