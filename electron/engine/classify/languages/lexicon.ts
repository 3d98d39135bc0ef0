// One language's words for what servers say, as regular-expression sources. Data only: which words stand near which,
// and what that means, is `words-of-languages.ts`. English is not here; its families are finer and have their own files.
// Patterns see `tellingText`: lower case, Latin letters without their marks (`ü` is `u`, `ß` is `ss`), `ё` as `е`.
// `\b` and `\w` know ASCII only: do not use them beside other scripts. Gaps must be bounded.

export interface Lexicon {
  /** User, recipient, mailbox, account, address. */
  readonly mailbox: string;
  /** Said of a mailbox: unknown, does not exist, not found, invalid. */
  readonly unknown: string;
  /** Whole phrases for an unknown mailbox whose words stand apart or together otherwise. */
  readonly noSuch?: string;
  /** Said of a mailbox: disabled, locked, closed, suspended. */
  readonly disabled: string;
  /** Quota, space. */
  readonly storage: string;
  /** Said of a mailbox or quota: full, exceeded. */
  readonly full: string;
  readonly domain: string;
  /** Said of a domain: not served, not hosted. */
  readonly unserved?: string;
  readonly sender: string;
  /** Our address, server or connection, as the server sees it. */
  readonly ourHost: string;
  /** Said of our host: blocked, refused. */
  readonly blocked: string;
  readonly blockList: string;
  readonly reverseDns?: string;
  /** Too many connections, messages, recipients. */
  readonly tooMany: string;
  /** A limit on sending. */
  readonly limit?: string;
  readonly exceeded?: string;
  readonly relay?: string;
  /** Denied, refused, not allowed: of anything. */
  readonly denied: string;
  readonly required: string;
  /** Words for spam or malware beside the international ones. */
  readonly junk?: string;
  readonly message: string;
  readonly tooBig: string;
  readonly policy?: string;
  readonly greylist?: string;
  /** Said of a mailbox: receives mail... */
  readonly receiving?: string;
  /** ...faster than it may. */
  readonly tooFast?: string;
  /** Try again later. */
  readonly later: string;
  /** Temporary or internal trouble of the server. */
  readonly trouble: string;
}
