// What single providers mean by their own words and codes, as data. Read before all general words, because a provider's
// code is surer than any phrase. `when` sees the text with addresses taken out, in lower case, after code and enhanced code.
// Sources are public documents and replies seen in 2024-2026 (see the design's verdicts.md, "Provider facts").
import type { Reason } from '../../../shared/verdict/verdict.ts';

export interface ProviderRule {
  readonly provider: string;
  readonly reason: Reason;
  /** Matched against `code enhanced text`. */
  readonly when: RegExp;
  /** If given, the MX host must match too: the words alone would not be telling. */
  readonly mx?: RegExp;
}

export const PROVIDER_RULES: readonly ProviderRule[] = [
  // Google names the case in its help link: support.google.com/mail/?p=NoSuchUser
  { provider: 'google', reason: 'mailbox_not_found', when: /[?&]p=nosuchuser/ },
  { provider: 'google', reason: 'mailbox_disabled', when: /[?&]p=disableduser/ },
  { provider: 'google', reason: 'mailbox_full', when: /[?&]p=overquota/ },
  { provider: 'google', reason: 'accepted_busy', when: /[?&]p=receivingrate/ },
  { provider: 'google', reason: 'rate_limited', when: /[?&]p=unsolicited\w*rate|[?&]p=dailyquota/ },
  { provider: 'google', reason: 'ip_blocked', when: /[?&]p=notauthorizederror|[?&]p=unsolicitedip/ },

  // Microsoft 365 directory-based edge blocking: the recipient is in no directory (learn.microsoft.com, NDR 5.4.1).
  { provider: 'microsoft', reason: 'mailbox_not_found', when: /^550 5\.4\.1 .*recipient address rejected: access denied/ },
  // Outlook.com's postmaster page: block codes, sent to RCPT as well as to the connection.
  { provider: 'microsoft', reason: 'ip_blocked', when: /\bs31[45]0\b|\b(?:sc|dy)-00\d\b|\bs8001\b/ },
  { provider: 'microsoft', reason: 'policy_rejected', when: /\bou-00\d\b/ },
  { provider: 'microsoft', reason: 'rate_limited', when: /\brp-00\d\b|\bs77[567]\d{1,3}\b|\bs3114\b/ },
  { provider: 'microsoft', reason: 'ip_blocked', when: /^5\d\d 5\.7\.(?:511|60[6-9]|6[1-4]\d)\b/ },
  { provider: 'microsoft', reason: 'mailbox_not_found', when: /^550 5\.5\.0 /, mx: /\.olc\.protection\.outlook\.com$/ },

  // Yahoo and AOL (senders.yahooinc.com/smtp-error-codes): block lists and deferrals by their tags.
  { provider: 'yahoo', reason: 'ip_blocked', when: /\[bl\d\d\]/ },
  { provider: 'yahoo', reason: 'rate_limited', when: /\[(?:tss?|ipts|gl)\d\d\]/ },

  // Apple (support.apple.com/HT204137).
  { provider: 'icloud', reason: 'policy_rejected', when: /\[cs\d\d\]/ },
  { provider: 'icloud', reason: 'accepted_busy', when: /messages to _addr_ deferred due to excessive volume/ },

  { provider: 'proofpoint', reason: 'ip_blocked', when: /(?:prs|ipcheck)\.proofpoint\.com/ },
  // Mimecast's wording for greylisting (community.mimecast.com, "Mimecast SMTP error codes").
  { provider: 'mimecast', reason: 'greylisted', when: /^451 .*internal resources? (?:are |is )?temporarily (?:un|not )available/ },
  { provider: 'trendmicro', reason: 'mailbox_not_found', when: /^5\d\d .*invalid-recipient/ },
  { provider: 'barracuda', reason: 'mailbox_not_found', when: /^5\d\d .*cuda_nsu 5\.1\.1/ },

  // McAfee / Trellix name the content signature.
  { provider: 'mcafee', reason: 'content_rejected', when: /\bmcspamsignature/ },

  // Deutsche Telekom: "IP=… - A problem occurred … (BL)", "(NOWL)", "(DIAL)" (postmaster.t-online.de).
  { provider: 'telekom', reason: 'ip_blocked', when: /^\d{3} .*ip=.*\((?:bl|nowl|dial)\)/ },
  // La Poste, Orange: LPN007_102 and OFR_103 refuse the client (104 and 105 are rates).
  { provider: 'laposte', reason: 'ip_blocked', when: /\b(?:lpn|ofr)\d{3}_10[23]\b/ },
  { provider: 'orange', reason: 'mailbox_not_found', when: /\bofr_?416\b/ },
  // Comcast (postmaster.comcast.net): BL… is a block, RL… a rate.
  { provider: 'comcast', reason: 'ip_blocked', when: /\bbl0000\d\d\b/ },
  { provider: 'comcast', reason: 'rate_limited', when: /\brl0000\d\d\b/ },
  // NetEase (help.163.com): HL is the connection, MI the mail command, RP the recipient command, DT the data.
  { provider: 'netease', reason: 'ip_blocked', when: /\b(?:hl|mi):(?:ipb|spb|rbl)\b/ },
  { provider: 'netease', reason: 'rate_limited', when: /\b(?:hl:(?:itc|icc|ifc|mep|rep)|mi:(?:cel|dmc|ufl|ccl|sfq|nrq|qrc)|rp:(?:cel|drc|orq|qrc|trc|rcl))\b/ },
  { provider: 'netease', reason: 'content_rejected', when: /\bdt:[a-z]{3}\b/ },
  // Facebook (postmaster.facebook.com/response_codes).
  { provider: 'facebook', reason: 'mailbox_not_found', when: /^5\d\d .*\brcp-p\d\b/ },
  { provider: 'facebook', reason: 'rate_limited', when: /\bcon-t\d\b/ },
  { provider: 'facebook', reason: 'ip_blocked', when: /\bblk-[pt]\d\b/ },
  { provider: 'facebook', reason: 'policy_rejected', when: /\bpol-[pt]\d\b/ },
];
