// What providers themselves say about different addresses of one mailbox, as data with its source. Only what a provider
// documents for its own domains stands here: a company's domain hosted there may be set up in another way. Left out on
// purpose: Yahoo (its "-" tags are aliases that the user makes, with a base name of their own), GMX and web.de (no tags).

export interface MailboxProvider {
  /** Where the provider says so. */
  readonly source: string;
  /** Every domain on which these rules hold, in lower case. */
  readonly domains: readonly string[];
  /** The domain that stands for all of them, where one mailbox has the same name on each; else each stands for itself. */
  readonly oneDomain?: string;
  /** Characters of the local part that make no difference. */
  readonly ignored?: string;
  /** Characters that mean another one. */
  readonly alike?: Readonly<Record<string, string>>;
  /** `user@tag.user…`: mail to `anything@user.domain` is the user's. */
  readonly userAsSubdomain?: boolean;
}

/** All of them ignore case and what follows a plus sign. */
export const MAILBOX_PROVIDERS: readonly MailboxProvider[] = [
  {
    // Dots: answer/7436150; googlemail.com: answer/10313; tags: answer/22370.
    source: 'https://support.google.com/mail/answer/7436150',
    domains: ['gmail.com', 'googlemail.com'],
    oneDomain: 'gmail.com',
    ignored: '.',
  },
  {
    // The name on another of these domains may be somebody else's.
    source: 'https://learn.microsoft.com/exchange/recipients-in-exchange-online/plus-addressing-in-exchange-online',
    domains: [
      'outlook.com', 'hotmail.com', 'live.com', 'msn.com', 'passport.com', 'windowslive.com',
      'outlook.at', 'outlook.be', 'outlook.cl', 'outlook.co.id', 'outlook.co.il', 'outlook.co.th', 'outlook.com.ar', 'outlook.com.au',
      'outlook.com.br', 'outlook.com.gr', 'outlook.com.pe', 'outlook.com.tr', 'outlook.com.vn', 'outlook.cz', 'outlook.de', 'outlook.dk',
      'outlook.es', 'outlook.fr', 'outlook.hu', 'outlook.ie', 'outlook.in', 'outlook.it', 'outlook.jp', 'outlook.kr', 'outlook.lv',
      'outlook.my', 'outlook.ph', 'outlook.pt', 'outlook.sa', 'outlook.sg', 'outlook.sk',
      'hotmail.be', 'hotmail.ca', 'hotmail.ch', 'hotmail.cl', 'hotmail.co.jp', 'hotmail.co.kr', 'hotmail.co.th', 'hotmail.co.uk',
      'hotmail.co.za', 'hotmail.com.ar', 'hotmail.com.au', 'hotmail.com.br', 'hotmail.com.tr', 'hotmail.de', 'hotmail.dk', 'hotmail.es',
      'hotmail.fi', 'hotmail.fr', 'hotmail.gr', 'hotmail.it', 'hotmail.nl', 'hotmail.no', 'hotmail.se',
      'live.at', 'live.be', 'live.ca', 'live.ch', 'live.cl', 'live.cn', 'live.co.uk', 'live.co.za', 'live.com.ar', 'live.com.au',
      'live.com.mx', 'live.com.pt', 'live.com.sg', 'live.de', 'live.dk', 'live.fi', 'live.fr', 'live.ie', 'live.in', 'live.it',
      'live.jp', 'live.nl', 'live.no', 'live.ru', 'live.se',
    ],
  },
  {
    source: 'https://support.apple.com/guide/icloud/mm6b1a490a',
    domains: ['icloud.com', 'me.com', 'mac.com'],
  },
  {
    source: 'https://www.fastmail.help/hc/en-us/articles/360060591053',
    domains: ['fastmail.com', 'fastmail.fm', 'fastmail.net', 'fastmail.org', 'fastmail.us', 'fastmail.de', 'fastmail.jp', 'fastmail.co.uk', 'fastmail.com.au', 'sent.com'],
    userAsSubdomain: true,
  },
  {
    // Names with and without dots, hyphens and underscores are one, and belong to one account on every Proton domain.
    source: 'https://proton.me/support/addresses-and-aliases',
    domains: ['proton.me', 'protonmail.com', 'protonmail.ch', 'pm.me'],
    oneDomain: 'proton.me',
    ignored: '.-_',
  },
  {
    // "Your email aliases: addresses using your username on all Yandex domains"; a dot and a hyphen are the same letter.
    source: 'https://yandex.com/support/id/authorization/email.html',
    domains: ['yandex.ru', 'yandex.com', 'yandex.by', 'yandex.kz', 'yandex.ua', 'yandex.com.tr', 'ya.ru'],
    oneDomain: 'yandex.ru',
    alike: { '.': '-' },
  },
  {
    source: 'https://www.zoho.com/mail/help/plus-addressing.html',
    domains: ['zoho.com', 'zohomail.com', 'zoho.eu', 'zohomail.eu', 'zoho.in', 'zohomail.in'],
  },
];
