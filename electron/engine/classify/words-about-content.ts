// Words about what a message would hold, and about policy that names nothing. Winnow sends no message, so these speak of
// somebody else's, or of what the server takes us for. Single rules, put in order by `words-about-us.ts`.
// None may ever lead to `undeliverable`.
import { anyOf, near, type WordRule } from './word-rule.ts';
import { OTHER_LANGUAGES } from './words-of-languages.ts';

/** "Duplicate header 'DKIM-Signature'" is about the message's form, not about who signed it. */
export const HEADERS_REJECTED: WordRule = { reason: 'content_rejected', when: /(?:duplicate|multiple|repeated|malformed) (?:\S+ )?headers?\b/u };

export const CONTENT_REJECTED: WordRule = {
  reason: 'content_rejected',
  when: anyOf(
    'virus|\\bviral\\b|malware|phish|\\bworm\\b|trojan',
    '(?:\\b|anti-?)spam(?:my|ming|assassin|mail|trap|gourmet)?\\b|anti-?spam\\w*|antyspam\\w*|\\bube\\b|\\buce\\b|junk ?mail|unsolicited|\\bbulk\\b|spamsignature|\\bspamlevel|\\bspam[-_ ]?score',
    '(?:message|mail|e-?mail|banned|forbidden|its) content|(?:unacceptable|objectionable|offensive|prohibited|dangerous) content|content (?:examination|inspection|analysis|control|check\\w*|rejected|denied|filter|restrict|polic|judged|block|scan|reject)|does not comply|non-?compliant|banned|attachment|\\bmime|(?<!rejected by )header(?!-based)|message body|8.?bit|bare (?:lf|cr)|message.?id\\b|rfc ?-?[25]?[38]22|line (?:limit|length|too long)',
    '(?:message|mail(?! quota)|header|size|length|file|data)\\b(?! action)[^.;]{0,40}(?:too (?:big|large|long)|(?<!has )exceed\\w*)(?![^.;]{0,30}(?:quota|allocation|storage))',
    '(?:exceed\\w*|over|larger than|too big)[^.;]{0,40}(?:message size|maximum size|size limit|size maximum|message length)',
    'too (?:big|large) for|larger than the (?:current )?(?:system|server|maximum|recipient)|too much mail data',
    '(?:sensitive|forbidden|banned|bad|prohibited|obscene) words?|suspicio(?:n|us)|looks like|malformed|message (?:filtered|contains)|invalid (?:data|structure)|gtube|(?:dangerous|malicious|forbidden|prohibited|blocked|executable) (?:file|link|url|type|extension)|file ?(?:type|extension|name)|contains? (?:an? )?(?:\\w+ )?(?:word|phrase|link|url|virus|script|executable)',
    near('\\b(?:urls?|links?|uris?)\\b', '(?:black|block)-?list|\\blisted|message|dnsbl|body', 40),
    OTHER_LANGUAGES.junk,
    OTHER_LANGUAGES.messageTooBig,
  ),
  unless: /mailbox size|mailbox is (?:too|full)|(?:mail ?box|inbox|account) (?:has )?exceed|spam (?:source|ip)|storage/u,
};

/** "Message refused" and nothing else: of a message, so not of a mailbox. Read after all that names somebody. */
export const MESSAGE_REFUSED: WordRule = {
  reason: 'content_rejected',
  when: /\b(?:messages?|mail data|mail content)\b (?:was |is |has been |were )?(?:refused|rejected|bounced|blocked)(?:\W*$|, | by \w+, )|(?:not|n't|refus\w+ to|unable to|cannot) accept (?:the )?delivery of (?:this|your|the) (?:message|mail|e-?mail)/u,
  unless: /authori[sz]|denied|allowed|permit|access/u,
  code: (code) => code >= 500,
  confidence: 'low',
};

export const POLICY_REJECTED: WordRule = {
  reason: 'policy_rejected',
  when: anyOf(
    '(?<!\\w)polic(?:y|ies)\\b',
    'auth(?:entication)? (?:fail|error)|resolver\\.rst\\.',
    '(?:accept|receiv)\\w* (?:e-?)?(?:mails?|messages?) (?:only )?from',
    'administrative(?:ly)? (?:prohibit|den|reject|block)|administrator (?:has |have )?(?:prohibit|den|reject|block)',
    '(?:is|are|was) prohibited|security (?:reasons|rules?)|access rules?|local rules?|rule imposed(?![^.;]{0,80}user (?:invalid|unknown))|badrcptto|recipient preferences|or access denied',
    'posta non certificata',
    OTHER_LANGUAGES.policy,
  ),
  confidence: 'fair',
};
