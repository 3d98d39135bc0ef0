// What is said in languages other than English: every lexicon's words put together by family, the same way for each.
// A family here says nothing of its rank: the files of English families place it beside their own phrases.
// Never mixes two languages in one phrase: subject and predicate are always of the same lexicon.
import { EVERY_LANGUAGE } from './languages/every-language.ts';
import type { Lexicon } from './languages/lexicon.ts';
import { anyOf, near as nearInEitherOrder } from './word-rule.ts';

/** In one language, in either order. */
function near(subject: string, predicate: string, gap = 45): string {
  return nearInEitherOrder(subject, predicate, gap).source;
}

function family(pattern: (words: Lexicon) => string | readonly (string | undefined)[] | undefined): RegExp {
  const sources = EVERY_LANGUAGE.flatMap((words) => pattern(words)).filter((source) => source !== undefined);
  return anyOf(...sources);
}

export const OTHER_LANGUAGES = {
  mailboxNotFound: family(({ mailbox, unknown, noSuch }) => [near(mailbox, unknown), noSuch]),
  mailboxDisabled: family(({ mailbox, disabled }) => near(mailbox, disabled)),
  mailboxFull: family(({ mailbox, storage, full }) => near(`${mailbox}|${storage}`, full)),
  storage: family(({ storage }) => storage),
  domainNotServed: family(({ domain, unknown, unserved }) => near(domain, unserved === undefined ? unknown : `${unknown}|${unserved}`, 25)),
  sender: family(({ sender }) => sender),
  ipBlocked: family(({ ourHost, blocked }) => near(ourHost, blocked, 30)),
  blockList: family(({ blockList }) => blockList),
  reverseDns: family(({ reverseDns }) => reverseDns),
  rateLimited: family(({ tooMany, limit, exceeded }) => [tooMany, limit === undefined || exceeded === undefined ? undefined : near(limit, exceeded)]),
  relayDenied: family(({ relay, denied }) => (relay === undefined ? undefined : near(relay, denied, 30))),
  tlsRequired: family(({ required }) => near('tls|ssl|starttls|verschlusselung|chiffrement|cifrado|crittografia|criptografia|versleuteling|szyfrowani|шифровани|暗号化|加密', required, 25)),
  junk: family(({ junk }) => junk),
  messageTooBig: family(({ message, tooBig }) => near(message, tooBig, 25)),
  policy: family(({ policy }) => policy),
  greylist: family(({ greylist }) => greylist),
  receivingTooFast: family(({ receiving, tooFast }) => (receiving === undefined || tooFast === undefined ? undefined : near(receiving, tooFast, 45))),
  later: family(({ later }) => later),
  trouble: family(({ trouble }) => trouble),
  denied: family(({ denied }) => denied),
} as const;
