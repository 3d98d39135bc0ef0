// Words about our address, our name, our session and how fast we come: greylisting, TLS, reverse DNS, block lists, rates,
// relaying, HELO. Families of phrases as single rules, put in order by `words-about-us.ts`.
// None may ever lead to `undeliverable`.
import { anyOf, followedBy, near, type WordRule } from './word-rule.ts';
import { OTHER_LANGUAGES } from './words-of-languages.ts';

const OUR_HOST =
  '(?<!destination )(?:_ip_|\\bips?\\b|client(?: host)?|host network|sending (?:mta|server|host|ip|system)|(?:your|this|the|remote|connecting|that) (?:mail ?)?(?:host|server|mta|network|isp|machine|system|connection|subnet|computer)|connections?|mta)';

/** "This server does not accept mail": about itself, not about ours. */
const THIS_SERVER_TAKES_NO_MAIL = /th(?:is|e) (?:host|server|system|machine|site|mta) (?:does|do|is|will)(?: not|n't) (?:currently )?(?:accept|receiv|handl|tak)\w* (?:any |incoming |network |inbound )?(?:e-?)?mails?(?! from)/u;

const LOGIN = '(?:smtp[- ]?auth\\w*|authentication|authentification|login|log ?in|authenticat\\w+)';

export const GREYLISTED: WordRule = {
  reason: 'greylisted',
  when: anyOf(
    'gr[ae]y[- ]?list',
    'postgrey',
    // An unverified address is asked for in the background: try again (Postfix reject_unverified_recipient).
    'verification in progress',
    'not yet (?:been )?authori[sz]ed to deliver',
    '(?:try(?:ing)? again|retry|come back|wait|resend|re-?try) (?:in|after|for|it in) (?:about |at least |approximately )?(?:a (?:few|couple)|\\d+|_?\\d) ?(?:s|m|h)',
    'first[- ](?:time|contact|attempt|seen|message from)|\\btriplet\\b',
    OTHER_LANGUAGES.greylist,
  ),
  unless: /too many|\brates?\b|limit|quota|exceed|concurrent/u,
};

export const TLS_REQUIRED: WordRule = {
  reason: 'tls_required',
  when: anyOf(
    'must issue (?:a |an )?starttls',
    'starttls (?:is )?(?:first|required|needed)',
    near('\\b(?:tls|ssl|starttls|encryption|encrypted (?:session|connection|channel)|(?:secure|encrypted) (?:connection|session|channel|transport)|(?:high-strength |strong )?ciphers?)\\b', '(?:\\brequire[sd]?|\\bneeded|mandatory|must (?:use|be|support)|enforced|please use|\\bonly\\b|\\buse starttls)', 30),
    '(?:only accept|accepts? only)[^.;]{0,30}(?:over|via|with|using) (?:tls|ssl|secure|encrypted)',
    'without (?:using )?(?:tls|encryption|starttls)',
    '(?:plain-?text|unencrypted|insecure|non-tls|cleartext) (?:session|connection|mail|e-?mail|smtp|transmission|message)s?',
    OTHER_LANGUAGES.tlsRequired,
  ),
};

export const NEEDS_PTR: WordRule = {
  reason: 'needs_ptr',
  when: anyOf(
    'reverse[- ]?dns',
    '\\b(?:r|rev)-?dns\\b',
    '\\bptr\\b',
    'iprev',
    'reverse[- ](?:look ?up|name|mapping|host ?name|resolution|record|address|entry|zone|ip)',
    "(?:cannot|can't|could not|couldn't|unable to|failed to) (?:find|resolve|verify|determine|look ?up) (?:your(?! (?:mail|e-?mail|message))|the client'?s?|a valid|the) (?:reverse |host ?name|host|ip\\b|address)",
    '(?:_ip_|\\bips?\\b|client|host)[ -]name look ?up fail|look ?up of your (?:ip|host)[^.;]{0,20}fail|name look ?up (?:failed|failure) for _ip_',
    'forward[- ]confirmed|fcrdns|non[- ]?matching (?:dns|host)|\\bdns (?:check|verification|validation) fail',
    "(?:_ip_|\\bip\\b|client|host)[^.;]{0,20}(?:has no|does(?: not|n't) have an?|without an?|with no) (?:valid |proper |matching )?(?:host ?name|dns name|name in dns|dns (?:entry|record)|reverse)",
    "(?:_ip_|\\bip\\b)[^.;]{0,20}(?:does(?: not|n't)|did(?: not|n't)|must|cannot|fails to) (?:back-?)?resolve",
    '(?:forged|faked) host ?name|host ?name (?:possibly |may be )?forged',
    'hostname and (?:the )?ip|(?:mail ?server|host|client|ip) (?:does|do)(?: not|n\'t) have an? (?:valid |proper )?(?:host ?name|dns|name)|(?:unresolvable|unresolved) ip|unresolvable (?:relay )?host|not resolve back',
    OTHER_LANGUAGES.reverseDns,
  ),
  // sendmail: "Relaying denied. IP name lookup failed".
  unless: /relaying (?:\w+ )?denied/u,
};

export const ON_BLOCK_LIST: WordRule = {
  reason: 'ip_blocked',
  when: anyOf(
    'dnsbl',
    '\\b(?:rbls?|xbl|pbl|sbl|cbl|drbl|uribl|dnsrbl|bls?[- ]listed)\\b',
    'spamhaus|spamcop|sorbs|barracuda ?central|barracuda reputation|uceprotect|cloudmark sender|talos|senderscore|sender ?base|mailspike|abusix|psbl|invaluement|backscatterer',
    near('_ip_|\\bips?\\b|host|server|network|client|connection|\\brange|subnet', '(?:black|block|deny|bad)[ -]?list(?:s|ed|ing)?\\b', 60),
    '(?:on|in|by|at) (?:our|the|an?|my|local|internal|one or more|several)(?: \\w+){0,2} (?:black|block|deny|spammer|drop)[ -]?(?:lists?|holes?)',
    '^[^a-z]*(?:black|block|deny)[ -]?listed|you (?:are|have been|were)(?: \\w+){0,2} (?:black|block|deny)[ -]?listed|\\bblack ips?\\b|blackhole',
    "(?:_ip_|\\bips?\\b|\\byour (?:host|server)|client)[^.;]{0,40}\\bspammers?\\b",
    '\\bspam from (?:_ip_|(?:this|your|the) (?:ip|host|server|network|address))',
    'too (?:many|much) spams?\\b|\\bip check (?:error|fail)|bad sender ip|sender ip|remote ?host looks|no access from (?:mail ?server|host|_ip_|your)|smtp server of your isp|accepting (?:e-?)?mail from your',
    'reputation service|you (?:have been|are|were) (?:blocked|banned)(?! by)',
    // Sent for what our address did before, not for how much it sends now (GoDaddy's IB110).
    '(?:_ip_|this ip|your ip)[^.;]{0,15} (?:temporarily )?blocked[^.;]{0,90}\\bspam',
    OTHER_LANGUAGES.blockList,
  ),
  unless: /(?:sender|mail ?from|from)(?: \w+){0,2} (?:domain|address|_addr_)[^.;]{0,30}list|\b(?:url|link|body|uri)\b|(?:sender|\be-?mail (?:address )?)(?:'s domain |address )?(?:is|has been|was) (?:on |in )?(?:\w+ )?(?:black|block|deny)-?list|sender is on|spammail|may be blacklisted/u,
};

export const RATE_LIMITED: WordRule = {
  reason: 'rate_limited',
  when: anyOf(
    "too (?:many|much) (?!hops)(?:\\w+ ){0,3}?(?:recipients?|rcpts?|connections?|messages?|e?-?mails?|sessions?|requests?|errors?|attempts?|commands?|users?|transactions?|deliver\\w+|failures?|sender\\w*|addresses|traffic|volume|bad|invalid|concurrent|simultaneous|smtp|unknown|mailbox\\w*)",
    '(?:exceed\\w*|reached|over|achieved)[^.;]{0,50}(?:\\brate\\b|\\b(?:messages?|connections?|recipients?|e?-?mails?|deliver\\w+|sending|number|session|sender) (?:limit|quota|per|of)|per (?:second|minute|hour|day|session|connection)|(?:hourly|daily|minute) |threshold)',
    '(?:\\brate\\b|hourly|daily|\\bper (?:second|minute|hour|day|session|connection)|connections?|recipients?|messages?|sending|sender|e-?mails?) (?:\\w+ ){0,3}(?:limit|quota|threshold)\\w*(?: \\w+){0,3} (?:exceed|reached|hit|over)',
    '\\brates? (?:has been |was |is |have been )?(?:exceed|too|limit|high|control)',
    '(?:hourly|daily) (?:\\w+ ){0,2}(?:quota|limit)',
    'rate[- ]?(?:limit|control)|(?:connections?|messages?|recipients?|sending|sessions?|delivery|rcpt|outgoing) limits?\\b|limits? (?:for|on) how many|(?:message|connection|mail|sending|ip|sender|domain) (?:rate|frequency|throughput)\\b',
    '(?<!size |length |storage |mailbox |quota |message |line )limits? (?:has been |was |is |have been )?(?:reached|exceeded|hit)\\b',
    'frequency (?:is )?(?:limit|control|too)',
    'throttl|\\btarpit',
    'slow(?:ing)? (?:it )?down|out of allow(?:ed)? (?:rcpt|recipient)|too many bounces',
    'max(?:imum)?[^.;]{0,30}(?:\\bper (?:connection|session|hour|minute|day)|connections|recipients|sessions|threshold)',
    '(?:unexpected|unusual|excessive|high) (?:\\w+ )?(?:volume|rate|traffic|number|amount|authentication|unknown|connect)',
    '(?:sending|sent|send|connect(?:ing|ed|s)?|deliver\\w*) (?:\\w+ ){0,2}too (?:fast|many|much|quickly|often|frequent)',
    'too (?:frequent|fast|quick|often)',
    '\\bflood',
    'concurren(?:t|cy)[^.;]{0,40}(?:limit|exceed)',
    '^messages? (?:from _ip_ )?temporarily deferred',
    OTHER_LANGUAGES.rateLimited,
  ),
  unless: new RegExp(
    `hops|(?:mail ?box|inbox|account) is (?:full|over)|\\binodes?\\b|mailbox (?:size|quota)|message size|(?:line|header|length|size) (?:limit|too)|(?:maximum|max|exceeds?) (?:message |mail |file )?size|too many messages (?:on|in) (?:the |his |their )?(?:server|mailbox|inbox)|mail data|dmarc alignment|(?!quot)(?:${OTHER_LANGUAGES.storage.source})`,
    'u',
  ),
};

export const RELAY_DENIED: WordRule = {
  reason: 'relay_denied',
  when: anyOf(
    'relay(?:ing|ed)?(?: (?:access|is|was|attempt|mail|through \\S{1,80}|to \\S{1,80}|of mail|operation|temporarily|for \\S{1,80})){0,4}\\)? (?:is |are )?(?:denied|not (?:permitted|allowed|authori[sz]ed|supported|accepted)|prohibited|disallowed|reject(?:ed)?|forbidden|refused|disabled|blocked|restricted)',
    "(?:not|never|n't|denied|unable|refuses?|cannot|no|denie[sd]|deny)(?: \\w+){0,3} (?:to )?(?:be )?(?:act as an? )?(?:open )?relay(?:ing|ed)?\\b",
    '(?:use of|using|as) (?:\\w+ ){0,4}(?:mail|smtp) ?gate(?:way)?\\b[^.;]{0,30}(?:forbidden|denied|prohibited|not )',
    '(?:use|using) (?:me|us|this \\w+)[^.;]{0,40} (?:as an? )?relay',
    '^\\W*(?:no |anti)[- ]?relay(?:ing)?',
    'list of allowed rcpthosts|allowed to be relayed|local users? only',
    '(?:unauthori[sz]ed|illegal|third[- ]party) relay|not (?:a|your) gateway',
    `relay[^.;]{0,20}(?:${LOGIN}) (?:is )?(?:required|needed)|${LOGIN} (?:is )?(?:required|needed) (?:for|to|before) relay`,
    OTHER_LANGUAGES.relayDenied,
  ),
};

/** A server that wants a login takes mail from its own users only: it would have to relay ours. */
export const LOGIN_WANTED: WordRule = {
  reason: 'relay_denied',
  when: anyOf(
    `${LOGIN} (?:is )?(?:required|needed|mandatory|necessary)|(?:requires?|need|must) (?:\\w+ ){0,2}${LOGIN}|\\bnot (?:been )?(?:authenticated|logged in)|(?:please|must) (?:authenticate|log ?in|turn on smtp)|must (?:first )?(?:authenticate|log ?in)|pop[- ]before[- ]smtp|check (?:for (?:new )?mail|your mail) (?:first|before)`,
  ),
  // The recipient of a closed group, or Exchange's "only from inside", is policy.
  unless: /sender (?:is |was )?not (?:been )?authenticated|resolver|restrict|group|recipient|dmarc|spf|dkim|level|unauthenticated|not owned by|sender address|failed|to (?:enable|activate|re-?activate|receive)/u,
};

export const HELO_REJECTED: WordRule = {
  reason: 'helo_rejected',
  when: /\b(?:helo|ehlo|helohost)\b/u,
  // "Polite people say HELO first" is about the order of commands.
  unless: /first|send (?:helo|ehlo)|say (?:helo|ehlo)|before|\(ehlo\)|too many/u,
};

export const HOST_REFUSED: WordRule = {
  reason: 'ip_blocked',
  when: anyOf(
    followedBy(OUR_HOST, "(?:\\bblock(?:ed|ing)?\\b|\\bbans?\\b|banned|blacklist|reject|refus|denied|disallowed|not (?:allow|permit|authori|accept|welcome)|n't allow|reputation|\\blisted|suspicious|\\bspam|\\bfilter(?:ed|ing)\\b)", 45),
    followedBy('(?:\\bblock(?:ed|ing)?\\b|banned|forbidden|reject(?:ed|ing)?|refus(?:ed|ing)|suspicious|suspected|reputation|unauthori[sz]ed)', '(?:_ip_|\\bips?\\b|client|sending (?:mta|server|host)|network|your (?:mail ?)?(?:server|host))', 30),
    '(?<!message )block(?:ed)? (?:for|due to|because of|as) (?:\\w+ )?(?:spam|abuse)(?! content)',
    '(?<!(?:message|mail|content|file)(?: was| is| has been)? )blocked (?:using|by|at) (?!(?:\\w+ )?(?:policy|policies|rules?|administrator|content|recipient|filter|spam|virus|user|security)\\b)',
    '\\bip[_-](?:control|block|filter|reject|deny|ban)|\\bip[:=] ?_ip_|\\bip profile|\\(rtr:(?:bl|sc|bb|du)\\)',
    '(?:geograph\\w+|\\bfrom (?:your|this)) (?:location|country|region)|country (?:filter|block|ban)',
    'not (?:allowed|permitted|authori[sz]ed) to connect|use your (?:isp|provider)',
    '(?:poor|bad|low|negative|ip) (?:\\w+ )?reputation(?! of the sending domain)',
    'banned (?:sending )?(?:ip|sender)',
    'dynamic(?:ally)? |residential|dial-?up|transient ip|open proxy|open relay|botnet|compromised|hijacked|infected (?:host|machine|computer|system)|zombie|(?:your|the) (?:machine|computer|system|host|server)[^.;]{0,30}infected',
    '(?:e-?mail|mail|messages?|connections?)(?: is| are)? (?:not (?:allowed|accepted|permitted|sent)|refused|rejected|blocked)(?: \\w+){0,2} (?:from|by) (?:this|your|the|_ip_|these) ?(?:range|network|ip|server|host|_ip_|country|isp)',
    '(?:your|this) access to (?:[\\w-]+ ){1,6}system has been',
    '(?:sent|sending|sends|source of|known for|originat\\w+) (?:\\w+ )?spam',
    'spam (?:source|host|ip|network)',
    "(?:\\bnot|n't) (?:accept|allow|permit|tak)\\w* (?:any )?(?:e-?mails?|messages?|connections?|smtp|traffic)(?: \\w+){0,2} from (?:your|this|that|_ip_|\\bips?|the)\\b",
    OTHER_LANGUAGES.ipBlocked,
  ),
  unless: new RegExp(`reputation of the sending domain|may be blacklisted|\\b(?:url|link|uri)\\b|\\bmessage (?:was |is |has been )?(?:suspicious|rejected)|(?:${THIS_SERVER_TAKES_NO_MAIL.source})`, 'u'),
};
