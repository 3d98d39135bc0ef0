// Words about the sender's address or domain and how it is authenticated (SPF, DKIM, DMARC). Single rules, put in order by
// `words-about-us.ts`. "Sender address rejected: User unknown" at RCPT is here: it speaks of the other end.
// None may ever lead to `undeliverable`.
import { anyOf, followedBy, type WordRule } from './word-rule.ts';
import { OTHER_LANGUAGES } from './words-of-languages.ts';

const SENDER =
  "(?:\\bsenders?(?:'s)?|mail ?from|return.?path|envelope.(?:from|sender)|reverse.path|originat(?:or|ing address)|sending (?:domain|address|user|account)|sending from|(?:return|reply(?:-to)?) address|\\bfrom:? (?:domain|address)|\\benvelope(?! recipient))\\b";

const NOT_TAKEN =
  "(?:reject|denied|refus|invalid|unknown|n[o']t (?:found|exist|valid|allow|accept|permit|authori|match|verif|resolv|list)|(?:does|do|is)(?: not|n't)\\b|fail|block|banned|unrout|unauth|unvalid|unverif|\\bbad\\b|mismatch|forge|spoof|can(?:not|'t)|could not|reputation|\\blisted|black-?list|illegal|(?:has )?no (?:a|mx|dns|valid|mail ?(?:exchanger|host|server))\\b|suspend|disabled|must (?:exist|match|resolve|be)|in my \\w+ list|impersonat)";

export const SENDER_AUTHENTICATION: WordRule = {
  reason: 'sender_rejected',
  when: anyOf(
    '\\b(?:spf|dkim|dmarc|sender ?id|domainkeys|arc)\\b',
    'unresolvable [^;]{0,20}\\bfrom\\b|invalid dns mx|(?:\\bmx|a\\/a{4}) (?:or (?:a|aaaa|a\\/aaaa) )?resource records?',
    'sender envelope (?:domain|address)|sender claims|claims to have a local|sender policy framework|purported responsible|permitted sender|does not designate',
    '(?:sender|message|mail|email) (?:is |was )?(?:unauthenticated|not authenticated)',
    'unauthenticated (?:e-?mail|mail|message|sender)s?(?! not allowed from)',
    'authentication (?:checks?|level|requirements?|results?|information)',
    '(?:for|to) send(?:ing)? (?:e-?mails?|mails?|messages?)? ?(?:of|for|from|on behalf of|as) (?:the |this |your )?domain',
    'domain (?:_host_ )?(?:does|do)(?: not|n\'t) (?:authori[sz]e|permit|allow)',
    'mail ?from\\b[^.;]{0,60}mis-?match|mis-?match[^.;]{0,60}\\bfrom\\b',
    // The recipient's own block list: the mailbox exists.
    '(?:block|reject|refus|(?:black|block)-?list)ed by (?:the |this |our )?(?:recipient|user|addressee|customer)|recipient(?:\'s)? (?:personal )?(?:black|block)[ -]?list',
  ),
  unless: /excessive|too many|reputation service|\bip (?:address )?(?:is |was )?(?:black|block)-?list|resolver|unusual rate/u,
};

/** A list of domains holds senders; so does any list of which the sender is said in so many words. Read before IP words. */
export const DOMAIN_ON_LIST: WordRule = {
  reason: 'sender_rejected',
  when: anyOf(
    '\\brhsbl\\b|\\bdbl\\b',
    "\\bsender(?:'s)? (?:(?:_addr_|_host_|address|domain|is|has been|was) ){0,3}(?:black|block|deny)[- ]?listed",
    "(?:\\byour|\\bsender(?:'s)?|\\bfrom|envelope|sending|\\bmail) domain\\b[^.;]{0,30}(?:black|block|deny)[- ]?list",
  ),
  // Postfix reject_rhsbl_client and reject_rhsbl_helo.
  unless: /client|\bhelo\b|\behlo\b/u,
};

/** Read before our own address on a block list. */
export const SENDER_ON_LIST: WordRule = {
  reason: 'sender_rejected',
  when: followedBy("(?:\\bsenders?\\b|mail ?from|your (?:e-?mail )?address|e-?mail address|return.?path)", '(?:black|block|deny)-?list', 40),
  unless: /_ip_|\bips?\b|client|dnsbl|\brbls?\b|spamhaus|blocked using/u,
};

export const SENDER_REJECTED: WordRule = {
  reason: 'sender_rejected',
  when: anyOf(
    followedBy(SENDER, NOT_TAKEN, 60),
    '(?:reject\\w*|invalid|unknown|unverified|unvalidated|unrout(?:e)?able|bad|block(?:ed)?|forged|banned|spoofed|unauthori[sz]ed|fake|den(?:y|ies|ied)|refus\\w+|blacklisted) (?:the |this |your )?(?:\\w+ )?(?:envelope[- ]|mail |e-?mail )?senders?\\b(?! address _ip_)',
    "(?:could not|couldn't|cannot|can't|unable to|failed to) (?:check|verify|resolve|validate|find|confirm) (?:the |your |that )?(?:sender|return|from)",
    "(?:as|from) (?:this|that) (?:sender|address|user)\\b|permissions? to send (?:as|on behalf)|not allowed to send (?:mail |e-?mail |messages? )?(?:as|from)\\b",
    'spam sender|spoof(?:ing|ed|s)?\\b|from address on|sender is (?:a )?(?:spammer|empty)|(?:sender|envelope|from) (?:domain|address)? ?is empty|black-?list of senders|returned mail not|dns says|account or domain may not exist|badmailfrom|block-?send-?er|sender is on (?:\\w+ )?',
    'from (?:domain|address)? ?must (?:match|be|exist)',
    'call(?:back|out)\\b|address is not verified|domain of sender|sender verif|sender callout|verification failed for',
    "(?:requires?|needs?|must (?:have|use|be)|without|\\bno|\\bnot) (?:an? )?(?:valid|existing|resolvable|real|fully[- ]qualified) (?:sender|envelope|from|return)",
    'domain name (?:is )?required',
    'backscatter|null (?:sender|return|reverse)|empty (?:sender|envelope|return)|bounces? (?:are |is )?not accepted',
    'reputation of the (?:sending|sender) domain|domain(?:\'s)? reputation|reputation of (?:the |your )?domain',
    "(?:your|sender(?:'s)?) (?:e-?mail |mail )?(?:account|mailbox|domain|address) (?:\\w+ ){0,3}(?:disabled|suspended|blocked|locked|does not|invalid|not|black-?listed|block-?listed|denied|rejected)",
    '(?:sending|outgoing|outbound)[^.;]{0,25}(?:account|user|domain)?[^.;]{0,15}(?:disabled|suspended)',
    OTHER_LANGUAGES.sender,
  ),
  unless: /verification in progress|sender ip\b|reverse/u,
};
