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
  { provider: 'google', reason: 'rate_limited', when: /[?&]p=unsolicited\w*rate|[?&]p=dailyquota|unusual rate of unsolicited/ },
  { provider: 'google', reason: 'ip_blocked', when: /[?&]p=notauthorizederror|[?&]p=unsolicitedip/ },

  // Microsoft 365 directory-based edge blocking: the recipient is in no directory (learn.microsoft.com, NDR 5.4.1).
  { provider: 'microsoft', reason: 'mailbox_not_found', when: /^550 5\.4\.1 .*recipient address(?:es)? rejected ?: ?access denied/ },
  // Outlook.com's postmaster page: block codes, sent to RCPT as well as to the connection.
  { provider: 'microsoft', reason: 'ip_blocked', when: /\bs31[45]0\b|\b(?:sc|dy)-00\d\b|\bs8001\b/ },
  { provider: 'microsoft', reason: 'policy_rejected', when: /\bou-00\d\b/ },
  { provider: 'microsoft', reason: 'rate_limited', when: /\brp-00\d\b|\ba?s77[567]\d{1,3}\b|\bs3114\b/ },
  // The tenant, not the recipient, has sent too much (learn.microsoft.com, NDR 5.1.90, 5.7.232, 5.7.233, 5.7.705).
  { provider: 'microsoft', reason: 'rate_limited', when: /^5\d\d 5\.(?:1\.90|7\.23[23]|7\.705)\b/ },
  { provider: 'microsoft', reason: 'ip_blocked', when: /^5\d\d 5\.7\.708\b/ },
  { provider: 'microsoft', reason: 'sender_rejected', when: /^5\d\d 5\.1\.8\b.*outbound|^5\d\d 5\.7\.(?:60|750)\b/ },
  { provider: 'microsoft', reason: 'ip_blocked', when: /^5\d\d 5\.7\.(?:511|60[6-9]|6[1-4]\d)\b/ },
  { provider: 'microsoft', reason: 'mailbox_not_found', when: /^550 5\.5\.0 /, mx: /\.olc\.protection\.outlook\.com$/ },

  // Yahoo and AOL (senders.yahooinc.com/smtp-error-codes): block lists and deferrals by their tags.
  { provider: 'yahoo', reason: 'ip_blocked', when: /\[bl\d\d\]|^5\d\d .*\[tss\d\d\]/ },
  { provider: 'yahoo', reason: 'rate_limited', when: /\[(?:tss?|ipts|gl)\d\d\]/ },

  // Apple (support.apple.com/HT204137).
  { provider: 'icloud', reason: 'policy_rejected', when: /\[cs\d\d\]/ },
  { provider: 'icloud', reason: 'accepted_busy', when: /messages to _addr_ deferred due to excessive volume/ },

  { provider: 'proofpoint', reason: 'ip_blocked', when: /(?:prs|ipcheck)\.proofpoint\.com/ },
  // Mimecast's wording for greylisting (community.mimecast.com, "Mimecast SMTP error codes").
  { provider: 'mimecast', reason: 'greylisted', when: /^451 .*internal resources? (?:are |is )?temporarily (?:un|not )available/ },
  { provider: 'trendmicro', reason: 'mailbox_not_found', when: /^5\d\d .*invalid-recipient/ },
  { provider: 'barracuda', reason: 'mailbox_not_found', when: /^5\d\d .*cuda_nsu 5\.1\.1/ },

  // OpenSMTPD (lka_session.c): what it says of every user that is in none of its tables; 524 is nobody else's code. Its
  // look-ups that may work later get 424.
  { provider: 'opensmtpd', reason: 'mailbox_not_found', when: /^524 5\.2\.4 mailing list expansion problem/ },

  // Mimecast: the message holds what its security policies forbid, and a sender on the customer's list.
  { provider: 'mimecast', reason: 'content_rejected', when: /e-?mail rejected due to security policies/ },
  { provider: 'mimecast', reason: 'sender_rejected', when: /envelope blocked|administrative prohibition - envelope/ },

  { provider: 'mimecast', reason: 'policy_rejected', when: /anti-spoofing policy/ },

  // AOL's older codes (postmaster.aol.com error messages).
  { provider: 'aol', reason: 'rate_limited', when: /\((?:dyn|con):t\d\)/ },
  { provider: 'aol', reason: 'ip_blocked', when: /\((?:rtr|con|rly):\w{2}\)/ },
  { provider: 'aol', reason: 'content_rejected', when: /\(hvu:b\d\)/ },
  { provider: 'aol', reason: 'needs_ptr', when: /\(dns:nr\)/ },

  // McAfee / Trellix name the content signature.
  { provider: 'mcafee', reason: 'content_rejected', when: /\bmcspamsignature/ },

  // Deutsche Telekom: "IP=… - A problem occurred … (BL)", "(NOWL)", "(DIAL)" (postmaster.t-online.de).
  { provider: 'telekom', reason: 'ip_blocked', when: /\bip=[^()]{0,200}\((?:bl|nowl|dial)\)/ },
  // La Poste, Orange: LPN007_102 and OFR_103 refuse the client (104 and 105 are rates).
  { provider: 'laposte', reason: 'ip_blocked', when: /\b(?:lpn|ofr)\d{3}_10[23]\b/ },
  { provider: 'orange', reason: 'mailbox_not_found', when: /\bofr_?416\b/ },
  // Comcast (postmaster.comcast.net): BL… is a block, RL… a rate.
  { provider: 'comcast', reason: 'ip_blocked', when: /\bbl0000\d\d\b/ },
  { provider: 'comcast', reason: 'rate_limited', when: /\brl0000\d\d\b/ },
  // NetEase (help.163.com): HL is the connection, MI the mail command, RP the recipient command, DT the data.
  { provider: 'netease', reason: 'needs_ptr', when: /\brp:rdn\b/ },
  { provider: 'netease', reason: 'ip_blocked', when: /\b(?:hl|mi):(?:ipb|spb|rbl)\b/ },
  { provider: 'netease', reason: 'rate_limited', when: /\b(?:hl:(?:itc|icc|ifc|mep|rep)|mi:(?:cel|dmc|ufl|ccl|sfq|nrq|qrc)|rp:(?:cel|drc|orq|qrc|trc|rcl))\b/ },
  { provider: 'netease', reason: 'ip_blocked', when: /\b(?:dt:rbl|wm:bli)\b/ },
  { provider: 'netease', reason: 'sender_rejected', when: /\b(?:wm:blu|dt:sum|mi:(?:spf|imf|nhd))\b/ },
  { provider: 'netease', reason: 'content_rejected', when: /\bdt:[a-z]{3}\b/ },
  // GoDaddy (godaddy.com/help, "Fix rejected email with a bounce error"): IB1xx the client, IB5xx the sender and its rate.
  { provider: 'godaddy', reason: 'needs_ptr', when: /\bib1(?:08|11)\b/ },
  { provider: 'godaddy', reason: 'server_error', when: /^421 .*\bib101\b/ },
  { provider: 'godaddy', reason: 'ip_blocked', when: /\bib1(?:0[1-6]|1[02])\b/ },
  { provider: 'godaddy', reason: 'rate_limited', when: /\bib(?:007|504|510|607)\b/ },
  { provider: 'godaddy', reason: 'sender_rejected', when: /\bib50[1268]\b/ },
  { provider: 'godaddy', reason: 'content_rejected', when: /\bib2\d\d\b|\bib705\b/ },
  { provider: 'godaddy', reason: 'helo_rejected', when: /\bib301\b/ },
  // Facebook (postmaster.facebook.com/response_codes).
  { provider: 'facebook', reason: 'policy_rejected', when: /\brcp-p[2-9]\b/ },
  { provider: 'facebook', reason: 'mailbox_not_found', when: /^5\d\d .*\brcp-p1\b/ },
  { provider: 'facebook', reason: 'server_error', when: /\brcp-t\d\b/ },
  { provider: 'facebook', reason: 'rate_limited', when: /\bcon-t\d\b/ },
  { provider: 'facebook', reason: 'ip_blocked', when: /\bblk-[pt]\d\b/ },
  { provider: 'facebook', reason: 'policy_rejected', when: /\bpol-[pt]\d\b/ },
];
