// Words about this very mailbox or its domain: busy, full, disabled, unknown, not served here. Read after the words that
// are clearly about us, and only in replies to RCPT. Families of phrases: a subject and what is said of it, by language.
import { anyOf, near, followedBy, type WordRule } from './word-rule.ts';

const WHO =
  "(?:\\busers?|recipients?|\\brcpt|mail ?box(?:es)?|inbox|accounts?|addressee|\\balias|e-?mail(?: address| account| id)?|(?:e-?mail )?address|local ?part|\\blogin|\\bmember|subscriber|customer|\\bperson)";
const ADDRESSED = '_addr_\\W{0,4}(?:(?:is|was|has|been|now|_rcpt_|are)\\W{1,3}){0,3}';

const UNKNOWN =
  "(?:\\bunknown|(?:\\bno|n')t (?:be )?(?:known|found|exists?|existing|valid|listed|local|here|recogni[sz]ed|registered|available here|an? (?:valid|known|local|active)|(?:on|at|of) (?:this|our|the) (?:server|system|host|site|domain)|in (?:our|the|my|this) \\w+|have (?:an?|any))|no longer (?:exists?|here|on (?:this |our |the )?(?:server|system)|valid|with|a)|non-?exist[ea]nt|inexist[ea]nt|\\binvalid|unallocated|has moved|unrout(?:e)?able|no (?:valid )?(?:account|mailbox)|not ok\\b|(?:cannot|could not|can't|couldn't) be (?:verified|found|located))";

const DISABLED =
  '(?:disabled|de-?activated|inactiv|suspended|suspendu|\\blocked|frozen|discontinued|\\bclosed|terminated|expired|cancel+ed|archived|dormant|not (?:currently |been )?(?:active\\b|activated|enabled|in use)|(?:not|no longer) (?:currently )?(?:accept|receiv)ing(?![^.;]{0,40}\\bfrom\\b)|no longer (?:active|in use|available|employed|monitored|used|(?:accept|receive)s)|(?:is|was|has been|been|temporarily) (?:blocked|deleted|removed|retired|switched off))';

const FULL =
  "(?:\\bfull\\b|over(?:[- ]?(?:the |its |his |their |disk |storage |mailbox )?quota|drawn)|exceed\\w*|out of (?:\\w+ )?(?:space|storage|quota)|no (?:more )?(?:space|room)|(?:not enough|insufficient|lack of) (?:\\w+ )?(?:space|storage|room|quota))";

export const WORDS_ABOUT_RECIPIENT: readonly WordRule[] = [
  // RFC 7504: 556 is said of a domain with a null MX, whatever the words.
  { reason: 'null_mx', when: /^/u, code: (code) => code === 556 },
  { reason: 'null_mx', when: /null ?mx/u },
  {
    reason: 'mailbox_full',
    when: anyOf(
      followedBy('(?:mail ?box|inbox|account|users?\\b|recipient|quota|storage|disk|folder|mail ?dir|mail ?drop)', FULL, 40),
      "(?:over|exceed\\w*|out of|above) (?:(?:the|its|his|her|their|your|allotted|allowed|available|maximum|mailbox|disk|user|storage|mail) ?){0,3}(?:quota|storage|space|allocation|mail ?box (?:size|limit))",
      '(?:exhausted|used up) (?:\\w+ ){0,3}(?:space|storage|quota)|too many messages (?:on|in) (?:the |his |their )?(?:server|mailbox|inbox)|zu ?viele (?:e-?)?mails auf',
      'over ?quota|quota (?:exceed|is full|violation|full|reached)|quotaexceeded',
      '(?:postfach|mailbox|speicherplatz|quota|kontingent)[^.;]{0,40}(?:[uü]berschritten|\\bvoll\\b|ersch[oö]pft|[uü]berf[uü]llt)',
      '(?:bo[iî]te|messagerie|quota|espace)[^.;]{0,40}(?:pleine?|d[eé]pass[eé]|satur[eé]|rempli)',
      '(?:buz[oó]n|casilla|cuota|cuenta|espacio|almacenamiento)[^.;]{0,40}(?:llen[oa]|excedid|super|agotad|sobrepas)',
      '(?:casella|quota|spazio)[^.;]{0,40}(?:pien[ao]|superat|esaurit)',
      '(?:caixa|cota|quota|espa[cç]o)[^.;]{0,40}(?:chei[ao]|excedid|lotad|esgotad)',
      '(?:postbus|mailbox|quota|postvak)[^.;]{0,40}(?:\\bvol\\b|overschreden)',
      '(?:skrzynk|limit|quota|kont[oa]|pojemno)[^.;]{0,40}(?:pe[lł]n|przekroczon|przepe[lł]nion)',
      '(?:ящик|квот|мест)[^.;]{0,40}(?:переполнен|превышен|полон|недостаточно|исчерпан)|переполнен',
      '(?:メールボックス|容量|受信箱).{0,20}(?:いっぱい|満杯|一杯|超え|超過|オーバー)',
      '(?:邮箱|郵箱|信箱|空间|空間|容量|配额).{0,10}(?:已满|已滿|不足|超出|超过|超過|满|滿)',
    ),
    // A server out of disk, a message too big and a sender's quota are no full mailbox.
    unless: /system (?:storage|space|resources)|queue|message (?:size|length|too)|size of (?:the|your) message|hourly|daily|per hour|organization/u,
    code: (_code, enhanced) => enhanced === null || !/^\d\.4\./.test(enhanced),
  },
  // RFC 5321: 552 is "exceeded storage allocation"; alone it is not believed, with a word for storage it is.
  { reason: 'mailbox_full', when: /\b(?:storage|space)\b/u, code: (code) => code === 552, confidence: 'fair' },
  {
    reason: 'mailbox_disabled',
    when: anyOf(
      followedBy(WHO, DISABLED, 40),
      `${ADDRESSED}${DISABLED}`,
      '(?:disabled|de-?activated|inactive|suspended|locked|frozen|closed|expired|blocked|terminated) (?:e-?mail |mail |local )?(?:user|account|mail ?box|recipient|address)',
      '_rcpt_:? (?:inactive|disabled|suspended|locked|closed|expired)',
      '(?:incoming|delivery|reception|mail)(?: \\w+){0,3} (?:temporarily )?suspended',
      '(?:konto|postfach|benutzer|empf[aä]nger)[^.;]{0,40}(?:deaktiviert|gesperrt|inaktiv|gek[uü]ndigt|geschlossen|stillgelegt)',
      '(?:compte|bo[iî]te|utilisateur|destinataire)[^.;]{0,40}(?:d[eé]sactiv|inacti[fv]|suspendu|ferm[eé]|r[eé]sili|bloqu)',
      '(?:cuenta|buz[oó]n|usuario|casilla)[^.;]{0,40}(?:desactivad|deshabilitad|inactiv|suspendid|bloquead|cerrad|cancelad|expirad|caducad)',
      '(?:casella|account|utente|utenza|indirizzo)[^.;]{0,40}(?:disabilitat|disattivat|inattiv|sospes|bloccat|chius)',
      '(?:conta|caixa|usu[aá]rio)[^.;]{0,40}(?:desativad|desabilitad|inativ|suspens|bloquead|cancelad|encerrad)',
      '(?:account|postbus|gebruiker|mailbox)[^.;]{0,40}(?:uitgeschakeld|inactief|geblokkeerd|opgeheven|gedeactiveerd)',
      '(?:konto|skrzynka|u[zż]ytkownik)[^.;]{0,40}(?:nieaktywn|zablokowan|wy[lł][aą]czon|zawieszon|usuni[eę]t)',
      '(?:ящик|аккаунт|уч[её]тн\\w+ запис|пользовател)[^.;]{0,40}(?:заблокирован|отключ[её]н|неактив|удал[её]н|приостановлен|закрыт)',
      '(?:アカウント|メールボックス|ユーザ).{0,20}(?:無効|停止|休止|解約|凍結)',
      '(?:账号|帐号|帳號|用户|用戶|邮箱|郵箱).{0,10}(?:停用|禁用|冻结|凍結|被封|过期|過期|注销|关闭)',
    ),
    // "Unknown or disabled": the first is what is known.
    unless: /\b(?:your|sender's?) (?:account|mailbox)|vrfy|command|(?:unknown|not found|invalid|inconnu\w*|sconosciut\w*|unbekannt\w*|desconocid\w*) (?:or|ou|oder|o) /u,
  },
  {
    reason: 'mailbox_not_found',
    when: anyOf(
      followedBy(WHO, UNKNOWN, 40),
      `${ADDRESSED}${UNKNOWN}`,
      `${ADDRESSED}(?:does|do|did)(?: not|n't) (?:exist|have (?:an?|any))`,
      followedBy(WHO, "(?:does|do|did|has|have)(?: not|n't) (?:seem to )?(?:exist|have (?:an?|any))", 40),
      "(?:no such|unknown|invalid|non-?exist[ea]nt|illegal|\\bbad|undefined|unrecogni[sz]ed|wrong|undeliverable|not an?(?: valid| known)?|not our|isn't an?)(?: or \\w+)?(?: (?:local|virtual|destination|target|final|e-?mail|mail|system|valid|known|active|mailbox))? (?:users?|recipients?|mail ?box|accounts?|addresse?e?s?|alias|person|customer|members?|local[- ]?part|rcpt|mail ?drop|mail ?folder)\\b",
      '\\bno (?:\\w+ )?(?:mail ?box|user|account|one|recipient|person|customer|alias|address)s? (?:here|by (?:that|this)|with|named|found|at this|of that|called|on this|matching|in )',
      '(?:user|recip(?:ient)?|mailbox|account|address)[-_]?(?:not[-_]?found|unknown|invalid)',
      "(?:could not|couldn't|cannot|can't|unable to|failed to|did not|didn't) (?:find|locate|recogni[sz]e) (?:\\w+ ){0,3}(?:users?|mail ?box|recipient|account|alias|address|e-?mail)\\b",
      'not found in (?:the |our )?(?:\\w+ )?(?:ldap|directory|database|alias)',
      '(?:handle|accept|receive|take)s? (?:any )?(?:e-?)?mail for (?:that|this) (?:user|recipient|address|account)',
      'no longer (?:an? )?(?:employ|work|with (?:us|the|our)|at (?:this|our)|part of)|left (?:the|our) (?:company|organi)',
      'mail ?box (?:is )?(?:currently )?(?:unavailable|not available)',
      'not our customer|marked as invalid|unrout(?:e)?able address|does not like recipient|recipient (?:verification|verify|lookup|validation|check) fail',
      '(?:unbekannte?[rs]?|kein(?:e|en)?|ung[uü]ltige?[rs]?|nicht existierende[rs]?) (?:benutzer|empf[aä]nger|adress|nutzer|postfach|mailbox|teilnehmer)',
      '(?:benutzer|empf[aä]nger(?:adresse)?|adressat|e?-?mail-?adresse|adresse|postfach|nutzer|teilnehmer|mailbox|konto)[^.;]{0,30}(?:unbekannt|existiert nicht|nicht (?:gefunden|vorhanden|bekannt|g[uü]ltig|eingerichtet)|ung[uü]ltig)',
      "(?:utilisateur|destinataire|adresse|compte|bo[iî]te(?: aux lettres)?)[^.;]{0,40}(?:inconnue?|inexistante?|n'?existe (?:pas|plus)|invalide|introuvable|non trouv|erron[eé])",
      "(?:aucune?|pas d[e']) ?(?:utilisateur|destinataire|compte|bo[iî]te)",
      '(?:usuario|destinatario|buz[oó]n|cuenta|direcci[oó]n|casilla)[^.;]{0,40}(?:desconocid|no existe|inexistente|inv[aá]lid|no encontrad|no v[aá]lid|no se encuentra)|no existe (?:el |la |un |tal |este |dicho |ese )?(?:usuario|buz|cuenta|destinatario|direcci)',
      '(?:utente|destin(?:atario|\\.)?|casella|indirizzo|account)[^.;]{0,40}(?:sconosciut|errat|inesistente|non (?:esiste|valid|trovat|presente)|invalid)',
      '(?:usu[aá]rio|destinat[aá]rio|caixa (?:postal|de (?:correio|entrada))|conta|endere[cç]o)[^.;]{0,40}(?:desconhecid|n[aã]o (?:existe|encontrad|[eé] v[aá]lid|foi encontrad|cadastrad)|inexistente|inv[aá]lid)',
      '(?:gebruiker|ontvanger|postbus|adres|mailbox|account|geadresseerde)[^.;]{0,30}(?:onbekend|bestaat niet|niet (?:gevonden|bekend|geldig)|ongeldig)|(?:onbekende?|ongeldige?) (?:gebruiker|ontvanger|adres|e-?mailadres)',
      '(?:u[zż]ytkownik|odbiorca|adresat|skrzynk|kont[oa]|adres)[^.;]{0,30}(?:nieznan|nie istnieje|nie znalezion|nieprawid|nieistniej)|(?:nieznany|nie ma takiego|brak takiego|niepoprawny) (?:u[zż]ytkownik|kont|adres|odbiorc)|nie ma takiej skrzynki',
      '(?:пользовател|получател|адресат|ящик|уч[её]тн|адрес)[^.;]{0,40}(?:не (?:существует|найден|зарегистрирован|известен)|неизвест|отсутств|недействител)|(?:нет такого|несуществующ\\S+|неизвестн\\S+|неверн\\S+) (?:пользовател|адрес|получател|ящик|почтов)',
      '(?:宛先|受信者|ユーザー?|アカウント|メールアドレス|メールボックス|受取人).{0,20}(?:存在しま|存在し|見つかりま|不明|ありません|無効|みつかりま)',
      '(?:收件人|收信人|用户|用戶|使用者|邮箱|郵箱|信箱|帐号|帳號|账号|账户|地址|邮件地址).{0,12}(?:不存在|未找到|找不到|无效|無效|不可用|有误)|(?:无此|没有此|没有这个|查无此|查無此|無此|沒有)(?:用户|用戶|使用者|收件人|邮箱|郵箱|信箱|账号|帐号|人)',
    ),
    unless: /unknown (?:\w+ )?error|no valid (?:sender|from)/u,
  },
  {
    reason: 'domain_not_accepting',
    when: anyOf(
      "(?:domain|host|system|site|server|_host_|we)\\b[^.;]{0,30}(?:(?:does|do|is|are|will)(?: not|n't)|\\bnot|no longer) (?:accept(?:ing)?|receiv\\w+|handl\\w+|serv\\w+|take) (?:any |network |incoming |inbound |e-?)?(?:mails?|messages?)\\b(?! (?:from|over|via|using|with|without|by|contain|that|sent|unless|if|on|at this time|right now|as)\\b)",
      '(?:bad|unknown|invalid|unrecogni[sz]ed|no such|unrout(?:e)?able|illegal) (?:destination|mail|recipient|target|local|e-?mail)? ?(?:system|domain|host)\\b',
      "(?:domain|host)(?: name)?[^.;]{0,25}(?:unknown|not (?:found|hosted|known|local|configured|served|handled|exist|here|valid|one of)|isn't|does(?: not|n't) exist|no longer (?:hosted|served|exist))",
      'no[- ]domain\\b',
      "(?:not|isn't|no longer) (?:a |one of (?:our|my) )?(?:local |hosted |valid )?(?:domain|hosted) (?:here|on this|of ours|at this)",
      'domaine? (?:inconnu|inexistant)|dominio (?:desconocido|inexistente|sconosciuto|no existe)|dom[ií]nio (?:desconhecido|inexistente)|unbekannte dom[aä]ne?|onbekend domein|nieznana domena|неизвестн\\S+ домен',
    ),
    unless: /sender|from|_ip_|client|connect|your (?:domain|host)|try again|tempor|lookup fail|dns (?:error|fail)|(?:this|that) (?:user|recipient|address|account)/u,
    confidence: 'fair',
  },
];

/** Mail comes in faster than this mailbox may take it: the mailbox exists. Read before the words about our own rate. */
export const WORDS_FOR_BUSY_RECIPIENT: readonly WordRule[] = [
  {
    reason: 'accepted_busy',
    when: anyOf(
      near('(?:\\busers?|recipient|mailbox|account|addressee|inbox)\\b', 'receiv\\w+ (?:e?-?mails?|messages?) (?:too|at a|faster)', 60),
      "(?:\\busers?|recipient|mailbox|account|addressee)\\b[^.;]{0,40}(?:exceed\\w*|over|reached)[^.;]{0,60}(?:receiv\\w+ (?:rate|limit)|(?:can|may|allowed to) receive|message rate|incoming|inbound)",
      'recipient (?:\\w+ )?(?:receiv\\w+|message|incoming) (?:rate|limit|quota)',
      'messages? to _addr_ (?:\\w+ )?deferred',
      'receivingrate',
    ),
  },
  // X.4.x is about routing: a recipient's quota there is one of traffic, not of storage (cPanel and MailChannels hosts).
  { reason: 'accepted_busy', when: /recipient quota exceeded/u, code: (_code, enhanced) => /^[45]\.4\./.test(enhanced ?? ''), confidence: 'fair' },
];
