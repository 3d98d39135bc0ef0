// The pages of providers and block lists that an explanation names: whole addresses, without anything of the user's in
// them. Main opens exactly these in the user's own browser (electron/main/external-links) and no other; a page that a
// provider moves has to be changed here.

export const HELP_LINKS = {
  outlookSupport: 'https://olcsupport.office.com/',
  microsoftDelist: 'https://sender.office.com/',
  googleSenders: 'https://support.google.com/mail/answer/81126',
  yahooSenders: 'https://senders.yahooinc.com/',
  icloudPostmaster: 'https://support.apple.com/102322',
  gmxPostmaster: 'https://postmaster.gmx.net/',
  telekomPostmaster: 'https://postmaster.t-online.de/',
  comcastPostmaster: 'https://postmaster.comcast.net/',
  spamhausCheck: 'https://check.spamhaus.org/',
  barracudaRemoval: 'https://www.barracudacentral.org/rbl/removal-request',
  spamcopCheck: 'https://www.spamcop.net/bl.shtml',
  proofpointCheck: 'https://ipcheck.proofpoint.com/',
  ciscoTalos: 'https://talosintelligence.com/reputation_center',
} as const;

export type HelpLink = keyof typeof HELP_LINKS;
