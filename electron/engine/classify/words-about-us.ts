// Words that are clearly about us: our address, name, sender, rate, or what a message would hold. They are read before
// any other evidence (verdicts.md): `550 5.1.1 … has sent to too many recipients this hour` is a rate limit.
// Families of phrases, the most certain first; none may ever lead to `undeliverable`.
import { anyOf, near, followedBy, type WordRule } from './word-rule.ts';

const OUR_HOST =
  '(?<!destination )(?:_ip_|\\bips?\\b|client(?: host)?|sending (?:mta|server|host|ip|system)|(?:your|this|the|remote|connecting) (?:mail ?)?(?:host|server|mta|network|isp|machine|system|connection)|connections?|mta)';

const SENDER =
  "(?:\\bsenders?(?:'s)?|mail ?from|return.?path|envelope.from|reverse.path|originat(?:or|ing address)|sending (?:domain|address|user|account)|sending from|(?:return|reply(?:-to)?) address|\\bfrom:? (?:domain|address))\\b";

const NOT_TAKEN =
  "(?:reject|denied|refus|invalid|unknown|n[o']t (?:found|exist|valid|allow|accept|permit|authori|match|verif|resolv|list)|(?:does|do|is)(?: not|n't)\\b|fail|block|banned|unrout|unauth|\\bbad\\b|mismatch|forge|spoof|can(?:not|'t)|could not|reputation|\\blisted|illegal|no mx|suspend|disabled)";

export const WORDS_ABOUT_US: readonly WordRule[] = [
  // An unverified recipient is asked for in the background: try again (Postfix reject_unverified_recipient).
  {
    reason: 'greylisted',
    when: anyOf(
      'gr[ae]y[- ]?list',
      'graulist',
      'liste grise',
      'lista gr[ií]s',
      'postgrey',
      'verification in progress',
      'not yet (?:been )?authori[sz]ed to deliver',
      'первое? подключение|серый список|серого списка',
      '灰名单|灰名單|グレイリスト|グレーリスト',
      '(?:try again|retry|come back|wait) (?:in|after|for) (?:about |at least )?\\d+ ?(?:s|m|h)',
    ),
    unless: /too many|rate|limit|quota|exceed/u,
  },
  {
    reason: 'tls_required',
    when: anyOf(
      'must issue (?:a |an )?starttls',
      'starttls (?:is )?(?:first|required|needed)',
      near('\\b(?:tls|ssl|starttls|encryption|encrypted (?:session|connection|channel))\\b', '(?:\\brequire[sd]?|\\bneeded|mandatory|must (?:use|be))', 25),
      'without (?:using )?(?:tls|encryption)',
      'verschl[uü]sselung (?:ist )?erforderlich',
    ),
  },
  {
    reason: 'needs_ptr',
    when: anyOf(
      'reverse[- ]?dns',
      '\\br-?dns\\b',
      '\\bptr\\b',
      'iprev',
      'reverse[- ](?:look ?up|name|mapping|host ?name|resolution|record|address)',
      "(?:cannot|can't|could not|unable to|failed to) (?:find|resolve|verify|determine) (?:your|the client'?s?|a valid) (?:reverse |host ?name|host)",
      '(?:_ip_|\\bips?\\b|client|host)[ -]name look ?up fail|look ?up of your (?:ip|host)[^.;]{0,20}fail',
      'forward[- ]confirmed|fcrdns|non[- ]?matching (?:dns|host)',
      "(?:_ip_|\\bip\\b|client|host)[^.;]{0,20}(?:has no|does not have an?|without an?) (?:valid )?(?:host ?name|dns name|name in dns)",
      'r[uü]ckw[aä]rtsaufl[oö]sung|逆引き|反向解析|обратн\\w+ (?:зон|dns|запис)|inverse dns|dns inverse|dns inverso',
    ),
  },
  // "Duplicate header 'DKIM-Signature'" is about the message's form, not about who signed it.
  { reason: 'content_rejected', when: /(?:duplicate|multiple|repeated|malformed) (?:\S+ )?headers?\b/u },
  // Authentication of the sender's domain stands before rates: a mail "rate limited because there is no DMARC alignment".
  {
    reason: 'sender_rejected',
    when: anyOf(
      '\\b(?:spf|dkim|dmarc|sender ?id|domainkeys)\\b',
      'sender policy framework|purported responsible',
      '(?:sender|message|mail|email) (?:is |was )?(?:unauthenticated|not authenticated)',
      'unauthenticated (?:e-?mail|mail|message|sender)s?(?! not allowed from)',
      'authentication (?:checks?|level|requirements?|results?|information)',
      '(?:for|to) send(?:ing)? (?:e-?mails?|mails?|messages?)? ?(?:of|for|from|on behalf of|as) (?:the |this |your )?domain',
      'mail ?from\\b[^.;]{0,60}mis-?match|mis-?match[^.;]{0,60}\\bfrom\\b',
      // The recipient's own block list: the mailbox exists.
      '(?:block|reject|refus|(?:black|block)-?list)ed by (?:the |this |our )?(?:recipient|user|addressee|customer)',
    ),
    unless: /excessive|too many/u,
  },
  {
    reason: 'ip_blocked',
    when: anyOf(
      'dnsbl',
      '\\b(?:rbl|xbl|pbl|sbl|cbl|drbl|uribl)\\b',
      'spamhaus|spamcop|sorbs|barracuda ?central|uceprotect|cloudmark sender|talos|senderscore|sender ?base',
      near('_ip_|\\bips?\\b|host|server|network|client|connection', '(?:black|block|deny|bad)[ -]?list(?:s|ed|ing)?\\b', 60),
      '(?:on|in|by) (?:our|the|an?|my|local|internal)(?: \\w+){0,2} (?:black|block|deny|spammer)[ -]?lists?',
      '^[^a-z]*(?:black|block|deny)[ -]?listed',
      'listen? (?:noire|negra)|lista nera|schwarze[nr]? liste|черн\\w+ спис\\w+|黑名单|黑名單|ブラックリスト|zwarte lijst|czarnej li[sś]cie',
    ),
    unless: new RegExp(`(?:sender|mail ?from|from)(?: \\w+){0,2} (?:domain|address|_addr_)[^.;]{0,30}list|\\b(?:url|link|body)\\b`, 'u'),
  },
  {
    reason: 'rate_limited',
    when: anyOf(
      "too (?:many|much) (?!hops)(?:\\w+ ){0,3}?(?:recipients?|connections?|messages?|e?-?mails?|sessions?|requests?|errors?|attempts?|commands?|users?|transactions?|deliver\\w+|failures?|sender\\w*|addresses|traffic|volume|bad|invalid|concurrent|simultaneous)",
      '(?:exceed\\w*|reached|over)[^.;]{0,50}(?:\\brate\\b|\\b(?:messages?|connections?|recipients?|e?-?mails?|deliver\\w+|sending|number) (?:limit|quota|per|of)|per (?:second|minute|hour|day|session|connection)|(?:hourly|daily|minute) )',
      '(?:\\brate\\b|hourly|daily|\\bper (?:second|minute|hour|day|session|connection)|connections?|recipients?|messages?|sending|e-?mails?) (?:\\w+ ){0,3}(?:limit|quota)\\w*(?: \\w+){0,3} (?:exceed|reached|hit|over)',
      '(?:hourly|daily) (?:\\w+ )?(?:quota|limit)',
      'rate[- ]?(?:limit|control)|(?:connections?|messages?|recipients?|sending|sessions?|delivery) limits?\\b|limits? (?:for|on) how many|(?:message|connection|mail|sending|ip|sender|domain) (?:rate|frequency|throughput)\\b',
      'frequency (?:is )?(?:limit|control|too)',
      'throttl',
      'slow(?:ing)? down',
      'max(?:imum)?[^.;]{0,30}(?:per (?:connection|session|hour|minute|day)|connections|recipients)',
      '(?:unexpected|unusual|excessive|high) (?:\\w+ )?(?:volume|rate|traffic|number|amount|authentication|unknown|connect)',
      '(?:sending|sent|send|connect(?:ing|ed|s)?|deliver\\w*) (?:\\w+ ){0,2}too (?:fast|many|much|quickly|often|frequent)',
      'too (?:frequent|fast|quick)',
      '\\bflood',
      'concurren(?:t|cy)[^.;]{0,40}(?:limit|exceed)',
      'zu viele (?:verbindung|nachricht|empf|mail|anfrag)',
      'trop de (?:connexions|messages|destinataires|mails|requ[eê]tes)',
      'demasiad[oa]s (?:conexiones|mensajes|destinatarios|correos)',
      'tropp[ei] (?:connessioni|messaggi|destinatari|richieste)',
      '(?:muit[oa]s|excesso de) (?:conex|mensage|destinat|e-?mails)',
      'te veel (?:verbindingen|berichten|ontvangers)',
      'zbyt (?:wiele|du[zż]o|cz[eę]sto)',
      'слишком (?:много|часто)|превышен\\w* (?:лимит|частот|скорост|количеств)',
      '接続数|頻度|送信数|多すぎ',
      '频率|頻率|频繁|頻繁|过多|過多|连接数|超过.{0,6}次数',
    ),
    unless: /hops|mailbox (?:size|quota)|message size|(?:line|header|length|size) (?:limit|too)|too many messages (?:on|in) (?:the |his |their )?(?:server|mailbox|inbox)/u,
  },
  {
    reason: 'relay_denied',
    when: anyOf(
      'relay(?:ing)?(?: (?:access|is|was|attempt|mail|through \\S+|to \\S+))* (?:denied|not (?:permitted|allowed|authori[sz]ed)|prohibited|disallowed|rejected|forbidden|refused|disabled|blocked|restricted)',
      "(?:not|never|n't|denied|unable|refuse|cannot)(?: \\w+){0,3} (?:to )?(?:act as an? )?(?:open )?relay(?:ing)?\\b",
      '(?:use|using) (?:me|us|this \\w+)[^.;]{0,40} (?:as an? )?relay',
      '^\\W*(?:no |anti)[- ]?relay(?:ing)?',
      'list of allowed rcpthosts',
      '(?:unauthori[sz]ed|illegal|third[- ]party) relay|not (?:a|your) gateway',
      'relais? (?:refus|interdit)|relay (?:verweigert|nicht)|reenv[ií]o no permitido|пересылк\\w+ запрещен|转发|中继',
    ),
  },
  {
    reason: 'helo_rejected',
    when: /\b(?:helo|ehlo)\b/u,
    // "Polite people say HELO first" is about the order of commands.
    unless: /first|send (?:helo|ehlo)|say (?:helo|ehlo)|before/u,
  },
  {
    reason: 'ip_blocked',
    when: anyOf(
      followedBy(OUR_HOST, "(?:\\bblock(?:ed|ing)?\\b|banned|blacklist|reject|refus|denied|not (?:allow|permit|authori|accept|welcome)|n't allow|reputation|\\blisted|suspicious|\\bspam)", 45),
      followedBy('(?:\\bblock(?:ed|ing)?\\b|banned|reject(?:ed|ing)?|refus(?:ed|ing)|suspicious|suspected|reputation)', '(?:_ip_|\\bips?\\b|client|sending (?:mta|server|host)|network|your (?:mail ?)?(?:server|host))', 30),
      'block(?:ed)? (?:for|due to|because of|as) (?:\\w+ )?(?:spam|abuse)',
      'blocked (?:using|by|at) ',
      '\\bip[:=] ?_ip_|\\bip profile|\\(rtr:(?:bl|sc|bb|du)\\)',
      '(?:geograph\\w+|\\bfrom (?:your|this)) (?:location|country|region)',
      'not (?:allowed|permitted|authori[sz]ed) to connect|use your (?:isp|provider)',
      '(?:poor|bad|low|negative|ip) (?:\\w+ )?reputation(?! of the sending domain)',
      'banned (?:sending )?(?:ip|sender)',
      'dynamic(?:ally)? |residential|dial-?up|transient ip|open proxy|open relay|botnet|compromised|infected (?:host|machine|computer|system)|zombie',
      '(?:e-?mail|mail|messages?|connections?)(?: is| are)? (?:not (?:allowed|accepted|permitted|sent)|refused|rejected|blocked)(?: \\w+){0,2} (?:from|by) (?:this|your|the|_ip_|these) ?(?:range|network|ip|server|host|_ip_|country|isp)',
      '(?:your|this) access to (?:[\\w-]+ ){1,6}system has been',
      '(?:sent|sending|sends|source of|known for|originat\\w+) (?:\\w+ )?spam',
      'spam (?:source|sender|host|ip|network)',
    ),
    unless: /reputation of the sending domain|\bmessage (?:was |is )?(?:suspicious|rejected)/u,
  },
  {
    reason: 'sender_rejected',
    when: anyOf(
      followedBy(SENDER, NOT_TAKEN, 60),
      '(?:reject\\w*|invalid|unknown|unverified|unrout(?:e)?able|bad|block(?:ed)?|forged|banned|spoofed|unauthori[sz]ed|fake) (?:\\w+ )?(?:envelope[- ]|mail |e-?mail )?sender',
      'call(?:back|out)\\b|address is not verified|domain of sender|sender verif|sender callout|verification failed for',
      'backscatter|null (?:sender|return|reverse)|empty (?:sender|envelope|return)|bounces? (?:are |is )?not accepted',
      'reputation of the (?:sending|sender) domain|domain reputation',
      "(?:your|sender(?:'s)?) (?:account|mailbox|domain|address) (?:\\w+ ){0,3}(?:disabled|suspended|blocked|locked|does not|invalid|not)",
      'absender(?:adresse)?|exp[eé]diteur|remitente|mittente|remetente|afzender|nadawc|отправител|送信者|差出人|发件人|發件人|寄件',
    ),
  },
  {
    reason: 'content_rejected',
    when: anyOf(
      'virus|\\bviral\\b|malware|phish|\\bworm\\b|trojan',
      '(?:\\b|anti-?)spam(?:my|ming|assassin)?\\b|\\bube\\b|\\buce\\b|junk ?mail|unsolicited|\\bbulk\\b|spamsignature',
      '(?:message|mail|e-?mail|banned|forbidden|its) content|content (?:rejected|denied|filter|restrict|polic|judged|block|scan|reject)|banned|attachment|\\bmime|header|message body|8.?bit|bare (?:lf|cr)|message.?id\\b|rfc ?-?[25]?[38]22|line (?:limit|length|too long)',
      '(?:message|mail|header|size|length|file|data)\\b[^.;]{0,40}(?:too (?:big|large|long)|exceed\\w*)(?![^.;]{0,30}quota)',
      '(?:exceed\\w*|over|larger than|too big)[^.;]{0,40}(?:message size|maximum size|size limit|size maximum|message length)',
      'too (?:big|large) for',
      'suspicio(?:n|us)|looks like|malformed|message (?:filtered|contains)|invalid (?:data|structure)',
      'nachricht (?:ist )?zu gro(?:ß|ss)|message trop (?:gros|volumineux|grand)|mensaje demasiado grande|messaggio troppo grande|mensagem muito grande|спам|вирус|迷惑メール|スパム|垃圾邮件|垃圾郵件|病毒',
    ),
    unless: /mailbox size|mailbox is too|spam (?:source|ip)/u,
  },
  {
    reason: 'policy_rejected',
    when: anyOf('\\bpolic(?:y|ies)\\b', 'auth(?:entication)? (?:fail|required|error|is required|needed)', '(?:accept|receiv)\\w* (?:e-?)?(?:mails?|messages?) (?:only )?from', 'administrative(?:ly)? (?:prohibit|den|reject|block)', 'administrator (?:has |have )?(?:prohibit|den|reject|block)', 'richtlinie|politique de|pol[ií]tica|ポリシー|策略', '(?:is|are|was) prohibited', 'security (?:reasons|rules?)', 'access rules?|local rules?'),
    confidence: 'fair',
  },
];
