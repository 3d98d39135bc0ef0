// A destination that is left alone, in words: who refuses what, until when, and what can be done about it. The advice is
// that of the block list that the reply names, else that of the provider, else that of the reason.
// Always speaks of this machine and the way, never of an address.
import type { SetAsideView } from '../../../shared/ipc/lists.ts';
import { MAIL_PROVIDERS, type MailProviderId } from '../../../shared/verdict/mail-providers.ts';
import type { Reason } from '../../../shared/verdict/verdict.ts';
import { HELP_LINKS } from '../../../shared/words/help-links.ts';
import { formatAhead, formatCount, formatTimeOf } from '../../format.ts';
import { words } from '../../words.ts';

type Headline = Exclude<keyof typeof words.destinations.headline, 'withCode'>;
type AdviceName = keyof typeof words.destinations.advice;

export interface SetAsideWords {
  readonly headline: string;
  /** "412 addresses wait · waits until 14:40, then one is tried · since 13:40" */
  readonly facts: string;
  readonly advice: string;
  /** The page that the advice names, or null. */
  readonly url: string | null;
}

const OF_REASON: Readonly<Partial<Record<Reason, readonly [Headline, AdviceName]>>> = {
  ip_blocked: ['refusesIp', 'blocked'],
  needs_ptr: ['needsPtr', 'ptr'],
  helo_rejected: ['refusesHelo', 'helo'],
  sender_rejected: ['refusesSender', 'sender'],
  tls_required: ['demandsTls', 'tls'],
  policy_rejected: ['refusesPolicy', 'policy'],
  content_rejected: ['refusesPolicy', 'policy'],
  relay_denied: ['refusesPolicy', 'policy'],
  rate_limited: ['throttles', 'throttled'],
  greylisted: ['greylists', 'patience'],
  no_connect: ['unreached', 'unreached'],
  timeout: ['silent', 'patience'],
  dropped: ['troubled', 'patience'],
  server_error: ['troubled', 'patience'],
  protocol_error: ['troubled', 'patience'],
};

/** What a reply calls the list that it refuses by, as a word or a part of a URL. */
const LISTS: readonly (readonly [RegExp, AdviceName])[] = [
  [/spamhaus|\b(?:sbl|xbl|pbl|css)\b/i, 'spamhaus'],
  [/barracuda/i, 'barracuda'],
  [/spamcop/i, 'spamcop'],
  [/proofpoint/i, 'proofpoint'],
  [/senderbase|talosintelligence|ironport/i, 'cisco'],
];

const OF_PROVIDER: Readonly<Partial<Record<MailProviderId, AdviceName>>> = {
  'microsoft-consumer': 'outlook',
  'microsoft-365': 'microsoft365',
  google: 'google',
  yahoo: 'yahoo',
  icloud: 'icloud',
  gmx: 'gmx',
  't-online': 'telekom',
  comcast: 'comcast',
  barracuda: 'barracuda',
  proofpoint: 'proofpoint',
  cisco: 'cisco',
};

/** The company in the place of its product, where people know it better. */
const BRANDS: Readonly<Partial<Record<MailProviderId, string>>> = { 'microsoft-consumer': 'Microsoft' };

export function setAsideWords(one: SetAsideView, nowMs: number): SetAsideWords {
  const { destinations: text } = words;
  const provider = MAIL_PROVIDERS.find(({ name }) => name === one.name) ?? null;
  const name = provider === null ? one.name : (BRANDS[provider.id] ?? provider.name.replace(/ \(.*\)$/, ''));
  const [headlineName, ofReason] = one.state === 'capped' ? (['capped', 'cap'] as const) : (OF_REASON[one.reason] ?? (['other', 'patience'] as const));
  const headline = text.headline[headlineName](name);
  const { text: advice, link } = text.advice[ofReason === 'blocked' ? blockedBy(one, provider?.id ?? null) : ofReason];
  return {
    headline: one.code === null ? headline : text.headline.withCode(headline, one.code),
    facts: [text.waits(one.waiting, formatCount(one.waiting)), until(one, nowMs), text.since(formatTimeOf(one.sinceMs, nowMs))].join(' · '),
    advice,
    url: link === null ? null : HELP_LINKS[link],
  };
}

function blockedBy({ reply }: SetAsideView, provider: MailProviderId | null): AdviceName {
  const list = LISTS.find(([pattern]) => pattern.test(reply ?? ''))?.[1];
  return list ?? (provider === null ? undefined : OF_PROVIDER[provider]) ?? 'blocked';
}

function until({ state, untilMs }: SetAsideView, nowMs: number): string {
  const text = words.destinations;
  if (untilMs === null) return text.unknownUntil;
  if (untilMs <= nowMs) return text.dueNow;
  return (state === 'capped' ? text.capUntil : text.until)(formatAhead(untilMs, nowMs));
}
