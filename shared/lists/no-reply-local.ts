// Local parts that nobody reads: "no reply" in the languages and spellings that senders use.
// A family of patterns, not a list: noreply, no-reply, do_not_reply, news-noreply, noreply-billing, nao.responda …

const WORDS = [
  String.raw`(?:do[-._]?)?no[t]?[-._]?repl(?:y|ies|ay)`,
  String.raw`no[-._]?respon(?:se|d|der|da)`,
  String.raw`(?:bitte[-._]?)?nicht[-._]?antworten`,
  String.raw`keine?[-._]?(?:antwort|reply)`,
  String.raw`ne[-._]?pas[-._]?repondre`,
  String.raw`pas[-._]?de[-._]?reponse`,
  String.raw`n(?:a|ã)o[-._]?respond(?:a|er)`,
  String.raw`non[-._]?rispondere`,
  String.raw`niet[-._]?(?:be)?antwoorden`,
  String.raw`nie[-._]?odpowiadaj`,
];

const NO_REPLY = new RegExp(`(?:^|[-._+])(?:${WORDS.join('|')})\\d{0,4}(?:$|[-._+])`, 'u');

/** `local` is in lower case; its +tag may be there. */
export function isNoReplyLocal(local: string): boolean {
  return NO_REPLY.test(local);
}

export const NO_REPLY_SOURCE = { source: 'patterns, compiled by hand', date: '2026-11-21', entries: WORDS.length } as const;
