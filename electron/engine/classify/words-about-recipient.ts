// Words about this very mailbox or its domain: full, disabled, not served here, unknown. Read after the words that are
// clearly about us, and only in replies to RCPT. Families of phrases: a subject and what is said of it.
import { anyOf, followedBy, near, type WordRule } from './word-rule.ts';
import { OTHER_LANGUAGES } from './words-of-languages.ts';

const WHO =
  "(?:\\busers?(?:name)?|recipients?|\\brcpt(?: to)?|\\bm(?:ail ?)?box(?:es)?|\\binbox|accounts?|addressee|\\balias|e-?mail(?: address| account| id)?|(?:e-?mail )?address(?:es)?|local[- ]?part|\\blogin|\\bmember|subscriber|customer|\\bperson|\\bemployee|mail ?drop)";
const ADDRESSED = '_addr_\\W{0,4}(?:(?:is|was|has|been|now|_rcpt_|are|mailbox|user|account)\\W{1,3}){0,3}';

const UNKNOWN =
  "(?:\\bunknown|(?:\\bno|n't|\\bnon?) ?(?:be )?(?:known|found|exists?|existing|valid|listed|local|here|recogni[sz]ed|registered|available here|an? (?:valid|known|local|active|member)|(?:on|at|of) (?:this|our|the) (?:server|system|host|site|domain)|in (?:our|the|my|this) \\w+|have (?:an?|any))|\\bnot (?:be )?(?:known|found|exists?|existing|valid|listed|local\\b|here|recogni[sz]ed|registered|available here|an? (?:valid|known|local|active|member)|(?:on|at|of) (?:this|our|the) (?:server|system|host|site|domain)|in (?:\\w+ ){0,3}(?:director|address book|list|database|ldap|table|system|server)|in (?:our|the|my|this) \\w+|have (?:an?|any)|currently exist)|currently (?:does not|doesn't) exist|no longer (?:exists?|here|on (?:this |our |the )?(?:server|system)|with|a)|(?:non|in)[- ]?exist[ea]nt|\\binvalid|unallocated|has moved|unrout(?:e)?able|no (?:valid )?(?:account|mailbox)|not ok\\b|(?:cannot|could not|can't|couldn't) be (?:verified|found|located)|no such)";

const DISABLED =
  "(?:disabled|de-?activated|in-?activ|suspended|suspendu|\\blocked|frozen|quarantined|discontinued|\\bclosed|terminated|expired|cancel+ed|archived|dormant|not (?:currently |been )?(?:active\\b|activated|enabled|in use|used (?:for|in|since))|(?:cannot|can't|can not|unable to|not able to|not (?:permitted|authori[sz]ed|configured|set up|entitled) to|may not) (?:currently )?receive\\b(?![^.;]{0,40}\\b(?:from|larger|bigger|this|external|outside|internet|inbound|unauthenticated)\\b)|(?:should|must|needs? to|has to) (?:first )?(?:log ?in|sign in)[^.;]{0,20} to (?:enable|activate|re-?activate|receive)|never logged in|(?:not|no longer|n't) (?:currently )?(?:accept|receiv)ing(?![^.;]{0,40}\\bfrom\\b)|on hold\\b|not allowed to receive|no longer (?:active|in use|available|employed|monitored|used|valid|(?:accept|receive)s)|(?:deleted|removed|retired) (?:by|due|because|for)|(?:is|was|has been|been|temporarily|address|mailbox|account|user's|recipient) (?:blocked|deleted|removed|retired|switched off)\\b(?! by (?:the )?recipient))";

const FULL =
  "(?:\\bfull\\b|over(?:[- ]?(?:the |its |his |their |disk |storage |mailbox )?quot[ae]|drawn)|exc?e+ded|exceed\\w*|out of (?:\\w+ )?(?:space|storage|quota)|no (?:more |free |available )?(?:disk )?(?:space|room)|(?:not enough|insufficient|lack of|low on) (?:\\w+ )?(?:space|storage|room|quota)|(?:is|are) over\\b|over (?:the |its )?(?:\\w+ )?limit)";

/** Words of others than the recipient, or of trouble, that take "unknown" and "invalid" from the mailbox. */
const NOT_THE_MAILBOX = /unknown (?:\w+ )?error|no valid (?:sender|from)|recipient (?:address )?(?:verification|verify|lookup|validation|check) fail/u;

const MAILBOX_FULL: readonly WordRule[] = [
  {
    reason: 'mailbox_full',
    when: anyOf(
      near('(?:mail ?box|inbox|\\baccount|\\busers?\\b|recipient|\\bquot[ae]|storage|disk|folder|mail ?dir|mail ?drop)', FULL, 45),
      "(?:over|exceed\\w*|out of|above) (?:(?:the|its|his|her|their|your|allotted|allowed|available|maximum|mailbox|disk|user|storage|mail) ?){0,3}(?:quot[ae]|storage|space|allocation|mail ?box (?:size|limit))",
      'reached (?:\\w+ ){0,2}quota',
      '(?:exhausted|used up) (?:\\w+ ){0,3}(?:space|storage|quota)|too many messages (?:on|in) (?:the |his |their )?(?:server|mailbox|inbox)|zu ?viele (?:e-?)?mails auf',
      'over ?quot[ae]|quota (?:exceed|is full|violation|full|reached|over)|quotaexceeded',
      '(?:mail ?box|account|maildir) (?:(?:storage|size|disk|space) ?)?(?:limit|quota)',
      OTHER_LANGUAGES.mailboxFull,
    ),
    // A server out of disk, a message too big and a sender's quota are no full mailbox.
    unless: /(?:unknown|n't exist|not exist|not found|invalid) or |system (?:storage|space|resources)|queue (?:file|quota|is|full|disk)|organization|message (?:size|length)|size of (?:the|your) message|hourly|daily|per hour/u,
    code: (_code, enhanced) => enhanced === null || !/^\d\.(?:4\.|3\.1$)/.test(enhanced),
  },
  // RFC 5321: 552 is "exceeded storage allocation"; alone it is not believed, with a word for storage it is.
  { reason: 'mailbox_full', when: /\b(?:storage|space)\b/u, code: (code) => code === 552, confidence: 'fair' },
];

const MAILBOX_DISABLED: WordRule = {
  reason: 'mailbox_disabled',
  when: anyOf(
    followedBy(WHO, DISABLED, 40),
    `${ADDRESSED}${DISABLED}`,
    '(?:disabled|de-?activated|inactive|suspended|locked|frozen|closed|expired|blocked|terminated|dormant|deleted|retired|archived) (?:e-?mail |mail |local )?(?:user|account|m(?:ail ?)?box|recipient|address)',
    '(?:account|m(?:ail ?)?box|\\buser) (?:blocked|removed|deleted|retired)\\b',
    '_rcpt_:? (?:inactive|disabled|suspended|locked|closed|expired)',
    '(?:incoming|delivery|reception|mail)(?: \\w+){0,3} (?:temporarily )?(?:suspended|disabled)|recipient suspend|mail is not (?:currently )?(?:being )?accepted (?:for|at|by) (?:this|that) (?:mailbox|user|account|address|recipient)|account (?:is )?not allowed(?=\\W*(?:_addr_)?\\W*$)',
    '\\[suspend\\]|no ?activity\\b|no recipient activity',
    OTHER_LANGUAGES.mailboxDisabled,
  ),
  // "Unknown or disabled": the first is what is known.
  unless: /\b(?:your|sender's?) (?:account|mailbox)|vrfy|command|domain|(?:unknown|not found|invalid|exist|inconnu\w*|sconosciut\w*|unbekannt\w*|desconocid\w*|nieznan\w*) ?(?:or|ou|oder|o|lub|\/) ?/u,
};

const DOMAIN_NOT_SERVED: WordRule = {
  reason: 'domain_not_accepting',
  when: anyOf(
    "(?:domain|host|system|site|server|_host_|we)\\b[^.;]{0,30}(?:(?:does|do|is|are|will)(?: not|n't)|\\bnot|no longer) (?:accept(?:ing)?|receiv\\w+|handl\\w+|serv\\w+|take) (?:any |network |incoming |inbound |e-?)?(?:mails?|messages?)\\b(?! (?:from|over|via|using|with|without|by|contain|that|sent|unless|if|on|at this time|right now|as)\\b)",
    '(?:bad|unknown|invalid|unrecogni[sz]ed|no such|unrout(?:e)?able|illegal|non[- ]?exist[ea]nt) (?:destination|mail|recipient|target|local|e-?mail)? ?(?:system|domain|host)\\b',
    "(?:domain|\\bhost)(?: name)?(?: \\S+)?[^.;]{0,15} ?(?:unknown|\\bnot (?:found|listed|hosted|known|local|configured|served|handled|exist|here|valid|one of|accepted|managed|supported)|isn't|does(?: not|n't) exist|no longer (?:hosted|served|exist|here)|non[- ]?exist[ea]nt)",
    '(?:domain|_host_) (?:\\S+ )?(?:is |has been |was )?(?:disabled|suspended|expired|deactivated|inactive)\\b',
    'mail for (?:this|that) (?:domain|host)[^.;]{0,20}not|no (?:e-?)?mails? (?:is )?accepted for (?:this|that) (?:domain|host)|(?:domain|_host_) (?:is )?(?:not|no longer) (?:handled|hosted|served|managed) (?:by|here|on|at)',
    'no[- ]domain\\b|(?:could not|couldn\'t|cannot) find any host|\\bno (?:valid |mail )?hosts? (?:for|or)\\b',
    'no route (?:found )?to (?:the |this )?(?:domain|host)|not responsible for (?:the |this )?(?:domain|host|_host_)',
    "\\bmx (?:records? )?(?:do|does)(?: not|n't) point|not (?:an? )?mx for",
    "(?:not|isn't|no longer) (?:a |one of (?:our|my) )?(?:local |hosted |valid )?(?:domain|hosted) (?:here|on this|of ours|at this)",
    OTHER_LANGUAGES.domainNotServed,
  ),
  unless: /sender|from|_ip_|client|connect|your (?:domain|host)|try again|tempor|lookup fail|dns (?:error|fail)|(?:this|that) (?:user|recipient|address|account)|\b(?:user|mailbox|account|recipient) (?:_addr_ )?(?:is )?(?:unknown|not (?:found|known)|does)|no such user|quota/u,
  confidence: 'fair',
};

const MAILBOX_NOT_FOUND: WordRule = {
  reason: 'mailbox_not_found',
  when: anyOf(
    followedBy(WHO, UNKNOWN, 40),
    `${ADDRESSED}${UNKNOWN}`,
    `${ADDRESSED}(?:does|do|did)(?: not|n't) (?:exist|have (?:an?|any))`,
    followedBy(WHO, "(?:does|do|did|has|have)(?: not|n't) (?:seem to |currently )?(?:exist|have (?:an?|any))", 40),
    "(?:no such|unknown|invalid|non[- ]?exist[ea]nt|illegal|\\bbad|undefined|unrecogni[sz]ed|wrong|improper|undeliverable|unavailable|not an?(?: valid| known)?|not our|isn't an?|not|no valid)(?:(?: or |\\/)\\w+)?(?: (?:local|virtual|destination|target|final|e-?mail|mail|system|valid|known|active|mailbox))? (?:users?(?:name)?|recipients?|m(?:ail ?)?box(?:es)?|accounts?|addresse?e?s?|alias|person|customer|members?|local[- ]?part|rcpt|mail ?drop|mail ?folder)\\b",
    '\\bno (?:\\w+ )?(?:mail ?box(?: available)?|user|account|one|recipient|person|customer|alias|address)s? (?:here|by (?:that|this)|with|named|found|at this|of that|called|on this|matching|in |for )|\\bno (?:such )?(?:m(?:ail ?)?box|user|account|recipient|address)\\W*$',
    "(?:do|does|did)(?: not|n't) have (?:an? |any )?(?:such |valid )?(?:user|m(?:ail ?)?box|account|recipient|one)",
    '(?:user|recip(?:ient)?|mailbox|account|address)[-_]?(?:not[-_]?found|unknown|invalid)',
    "(?:could not|couldn't|cannot|can't|unable to|failed to|did not|didn't) (?:find|locate|recogni[sz]e) (?:\\w+ ){0,3}(?:users?|mail ?box|recipient|account|alias|address|e-?mail)\\b",
    'not (?:found )?in (?:the |our |my )?(?:\\w+ ){0,2}(?:ldap|directory|database|alias|recipient list|route list|user list|valid recipients)',
    '(?:handle|accept|receive|take)s? (?:any )?(?:e-?)?mail for (?:that|this) (?:user|recipient|address|account)',
    'no longer (?:an? )?(?:employ|works?\\b|with (?:us|the|our)|at (?:this|our)|part of)|left (?:the|our) (?:company|organi)',
    'm(?:ail ?)?box (?:_addr_ )?(?:is )?(?:currently )?(?:unavailable|not available)|account (?:_addr_ )?(?:is )?not available|(?:recipient|user|account|address) (?:_addr_ )?(?:is )?(?:currently )?unavailable|mail ?box (?:name|syntax)',
    "can't accept user|nobody (?:here )?by|(?:does|do)(?: not|n't) exists? on (?:this|our|the) (?:server|system)|don't exists|not found (?:recipient|user|account)",
    "\\busers? (?:ha(?:s|ve) no|does(?: not|n't) have) (?:mail|e-?mail)|no (?:\\w+ ){0,2}entry for (?:this|that) (?:address|user|recipient|mailbox)|(?:mail ?box|recipient) (?:is )?not allowed(?=\\W*(?:_addr_)?\\W*$)",
    'not our customer|(?:not|n\'t) (?:one )?of our (?:users|customers|members|mailboxes)|marked as invalid|unrout(?:e)?able address|does not like recipient|restricted characters in',
    OTHER_LANGUAGES.mailboxNotFound,
  ),
  unless: NOT_THE_MAILBOX,
};

export const WORDS_ABOUT_RECIPIENT: readonly WordRule[] = [
  // RFC 7504: 556 is said of a domain with a null MX, whatever the words.
  { reason: 'null_mx', when: /^/u, code: (code) => code === 556 },
  { reason: 'null_mx', when: /null ?mx/u },
  ...MAILBOX_FULL,
  MAILBOX_DISABLED,
  DOMAIN_NOT_SERVED,
  MAILBOX_NOT_FOUND,
];

/** Mail comes in faster than this mailbox may take it: the mailbox exists. Read before the words about our own rate. */
export const WORDS_FOR_BUSY_RECIPIENT: readonly WordRule[] = [
  {
    reason: 'accepted_busy',
    when: anyOf(
      near('(?:\\busers?|recipient|mailbox|account|addressee|inbox)\\b', 'receiv\\w+ (?:e?-?mails?|messages?) (?:too|at a|faster)', 60),
      followedBy('(?:\\buser|recipient|mailbox|account|addressee|inbox)\\b', '(?:receiv(?:ing|ed)|getting) too (?:many|much) (?:e?-?mails?|messages?)', 30),
      "(?:\\busers?|recipient|mailbox|account|addressee)\\b[^.;]{0,40}(?:exceed\\w*|over|reached)[^.;]{0,60}(?:receiv\\w+ (?:rate|limit)|(?:can|may|allowed to) receive|message rate|incoming|inbound)",
      'recipient (?:\\w+ )?(?:receiv\\w+|message|incoming) (?:rate|limit|quota)',
      'messages? to _addr_ (?:\\w+ )?deferred',
      'receivingrate',
      OTHER_LANGUAGES.receivingTooFast,
    ),
  },
  // X.4.x is about routing: a recipient's quota there is one of traffic, not of storage (cPanel and MailChannels hosts).
  { reason: 'accepted_busy', when: /recipient quota exceeded/u, code: (_code, enhanced) => /^[45]\.4\./.test(enhanced ?? ''), confidence: 'fair' },
];
