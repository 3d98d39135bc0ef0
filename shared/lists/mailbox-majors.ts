// The mailbox providers whose names are mistyped often enough to be worth a guess, and what must never be guessed.
// Only names of five letters or more that are no everyday word: one slip away from `orange`, `planet` or `naver` lie other
// companies. The top-level domains under which a provider is one come from the list of free providers.
// Additions need a look at what is one slip away from them (the tests hold real domains that must stay).

/** Guessed from one slip in the name. */
export const MAJORS: readonly string[] = `gmail googlemail hotmail outlook yahoo icloud protonmail tutanota hushmail fastmail
  windowslive rocketmail comcast verizon sbcglobal bellsouth earthlink optonline optimum windstream frontiernet centurylink
  roadrunner mindspring netzero sympatico videotron btinternet talktalk virginmedia ntlworld blueyonder rediffmail indiatimes
  wanadoo laposte libero virgilio tiscali fastwebnet t-online freenet mailbox bluewin hispeed telenet skynet chello seznam
  interia yandex rambler hanmail bigpond optusnet netvigator prodigy`.split(/\s+/);

/** What one slip makes of a major's name and is a word or another's name: never guessed, whatever follows the dot. */
export const OTHER_NAMES: ReadonlySet<string> = new Set(
  `gail gmal gmil hotmall yaho fatmail fastmall optium libro liber liberi freebet skybet telnet bluein chelo cello sezam
  intera ramble rambles prodigi`.split(/\s+/),
);

/** Slips that are more than one letter, or of names too short for the rule. Each is unregistered or a known typo trap. */
export const KNOWN_SLIPS: Readonly<Record<string, string>> = {
  'gmailc.om': 'gmail.com',
  'gmai.co': 'gmail.com',
  'gmaii.com': 'gmail.com',
  'gimail.com': 'gmail.com',
  'gemail.com': 'gmail.com',
  'gmali.com': 'gmail.com',
  'gmeil.com': 'gmail.com',
  'gmial.co': 'gmail.com',
  'gamil.co': 'gmail.com',
  'gmailcom.com': 'gmail.com',
  'gmail.com.com': 'gmail.com',
  'googlmail.com': 'googlemail.com',
  'gogglemail.com': 'googlemail.com',
  'hotamail.com': 'hotmail.com',
  'hotmai.co': 'hotmail.com',
  'hotmali.com': 'hotmail.com',
  'hotmaill.co': 'hotmail.com',
  'hotmail.com.com': 'hotmail.com',
  'homtail.com': 'hotmail.com',
  'htomail.com': 'hotmail.com',
  'hormail.com': 'hotmail.com',
  'yahou.com': 'yahoo.com',
  'yaooh.com': 'yahoo.com',
  'yahoo.com.com': 'yahoo.com',
  'yaho.co.uk': 'yahoo.co.uk',
  'yahoo.com.uk': 'yahoo.co.uk',
  'hotmail.com.uk': 'hotmail.co.uk',
  'yahho.com': 'yahoo.com',
  'iclould.com': 'icloud.com',
  'icloude.com': 'icloud.com',
  'outllok.com': 'outlook.com',
  'outlokk.com': 'outlook.com',
  'outloo.com': 'outlook.com',
  'otulook.com': 'outlook.com',
  'aol.co': 'aol.com',
  'live.co': 'live.com',
  'verison.net': 'verizon.net',
  'comacst.net': 'comcast.net',
  'sbcgloble.net': 'sbcglobal.net',
  'sbcglobal.com': 'sbcglobal.net',
  'protonmial.com': 'protonmail.com',
  'tonline.de': 't-online.de',
  't-onlien.de': 't-online.de',
  'wandoo.fr': 'wanadoo.fr',
  'wanadou.fr': 'wanadoo.fr',
};

/** Real domains that a rule would take for a slip. */
export const REAL_DOMAINS: ReadonlySet<string> = new Set(['outlook.co']);
