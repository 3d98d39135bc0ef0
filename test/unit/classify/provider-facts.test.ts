// Each provider fact of the design's verdicts.md is at least one row here.
import { describe, expect, it } from 'vitest';
import { classify } from './classify-helpers.ts';

const OLC = 'outlook-com.olc.protection.outlook.com';

describe('what providers say', () => {
  it.each([
    // Google
    ['google: no such user', 'mailbox_not_found', '550-5.1.1 The email account that you tried to reach does not exist. Please try 550-5.1.1 double-checking the recipient\'s email address for typos or 550 5.1.1 unnecessary spaces. https://support.google.com/mail/?p=NoSuchUser a1 - gsmtp'],
    ['google: full, for now', 'mailbox_full', "452-4.2.2 The recipient's inbox is out of storage space. Please direct the 452 4.2.2 recipient to https://support.google.com/mail/?p=OverQuotaTemp - gsmtp"],
    ['google: full', 'mailbox_full', "552-5.2.2 The recipient's inbox is out of storage space and inactive. 552 5.2.2 https://support.google.com/mail/?p=OverQuotaPerm - gsmtp"],
    ['google: 5.2.1 disabled', 'mailbox_disabled', '550 5.2.1 The email account that you tried to reach is inactive. - gsmtp'],
    ['google: 5.2.1 busy', 'accepted_busy', '550-5.2.1 The user you are trying to contact is receiving mail at a rate that 550 5.2.1 prevents additional messages from being delivered. - gsmtp'],
    ['google: 4.2.1 busy', 'accepted_busy', '450-4.2.1 The user you are trying to contact is receiving mail too quickly. 450 4.2.1 Please resend your message at a later time. - gsmtp'],
    ['google: our rate', 'rate_limited', '421-4.7.28 Our system has detected an unusual rate of unsolicited mail originating 421 4.7.28 from your IP address. - gsmtp'],
    ['google: two domains in a transaction', 'server_error', '451-4.3.0 Multiple destination domains per transaction is unsupported. Please 451 4.3.0 try again. - gsmtp'],
    ['google: no PTR', 'needs_ptr', '550-5.7.25 [203.0.113.9] The IP address sending this message does not have a PTR record setup - gsmtp'],
    ['google: not from here', 'ip_blocked', "550-5.7.1 [203.0.113.9] The IP you're using to send mail is not authorized to 550 5.7.1 send email directly to our servers. - gsmtp"],
    // Microsoft, consumer
    ['outlook.com: policy block', 'ip_blocked', '550 SC-002 (BAY004-MC1F12) Unfortunately, messages from 203.0.113.9 weren\'t sent.'],
    ['outlook.com: two regions', 'rate_limited', '452 4.5.3 Recipients belong to multiple regions ATTR38'],
    ['outlook.com: no such user', 'mailbox_not_found', '550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302).'],
    ['outlook.com: S3150', 'ip_blocked', '550 5.7.1 Unfortunately, messages from [203.0.113.9] weren\'t sent. Please contact your Internet service provider since part of their network is on our block list (S3150).'],
    ['outlook.com: 4.7.650', 'rate_limited', '451 4.7.650 The mail server [203.0.113.9] has been temporarily rate limited due to IP reputation.'],
    ['outlook.com: 4.7.651', 'rate_limited', '451 4.7.651 The mail server [203.0.113.9] has been temporarily rate limited due to IP reputation. (S3114)'],
    // Microsoft 365
    ['365: no such user', 'mailbox_not_found', '550 5.4.1 Recipient address rejected: Access denied. AS(201806281) [DB5EUR03FT042.eop-EUR03.prod.protection.outlook.com]'],
    ['365: banned address', 'ip_blocked', '550 5.7.606 Access denied, banned sending IP [203.0.113.9]'],
    ['365: banned address, last of the range', 'ip_blocked', '550 5.7.649 Access denied'],
    ['365: banned sender', 'ip_blocked', '550 5.7.511 Access denied, banned sender[203.0.113.9].'],
    ['365: 4.7.500', 'rate_limited', '451 4.7.500 Server busy. Please try again later from [203.0.113.9]. (S77714)'],
    ['365: 4.7.850', 'rate_limited', '451 4.7.850 Access denied, please try again later'],
    // Yahoo, AOL, mail.ru
    ['yahoo: 552 is not quota', 'mailbox_not_found', '552 1 Requested mail action aborted, mailbox not found'],
    ['yahoo: BL21', 'ip_blocked', '553 5.7.1 [BL21] Connections will not be accepted from 203.0.113.9, because the ip is in Spamhaus\'s list'],
    ['yahoo: BL23', 'ip_blocked', '553 5.7.1 [BL23] Connections not accepted from IP addresses on Spamhaus XBL'],
    ['yahoo: TSS04', 'rate_limited', '421 4.7.0 [TSS04] Messages from 203.0.113.9 temporarily deferred due to unexpected volume or user complaints'],
    ['yahoo: TS02', 'rate_limited', '421 4.7.1 [TS02] Messages from 203.0.113.9 temporarily deferred'],
    ['yahoo: IPTS04', 'rate_limited', '421 4.7.0 [IPTS04] Messages from 203.0.113.9 temporarily deferred due to user complaints'],
    // iCloud
    ['icloud: no such user', 'mailbox_not_found', '550 5.1.1 <x@icloud.com>: user lookup success but no user record found'],
    ['icloud: quota', 'mailbox_full', '552 5.2.2 <x@icloud.com>: user is over quota'],
    ['icloud: CS01', 'policy_rejected', '550 5.7.1 [CS01] Message rejected due to local policy.'],
    ['icloud: proofpoint', 'ip_blocked', '554 5.7.0 Blocked - see https://ipcheck.proofpoint.com/?ip=203.0.113.9'],
    // Filters
    ['mimecast: no such user', 'mailbox_not_found', '550 Invalid Recipient - https://community.mimecast.com/docs/DOC-1369#550 [abc]'],
    ['mimecast: greylisting', 'greylisted', '451 Internal resource temporarily unavailable - https://community.mimecast.com/docs/DOC-1369#451 [abc]'],
    ['proofpoint: verification', 'greylisted', '421 4.1.1 <x@example.com>: Recipient address rejected: unverified address: Address verification in progress'],
    ['proofpoint: no such user', 'mailbox_not_found', '550 5.7.1 <x@example.com>: Recipient address rejected: User email address is marked as invalid.'],
    ['proofpoint: us', 'ip_blocked', '550 5.7.1 Your message was blocked using prs.proofpoint.com'],
    ['trend micro: no such user', 'mailbox_not_found', '554 5.7.1 <x@example.com>: Recipient address rejected: Invalid-Recipient'],
    ['barracuda: no such user', 'mailbox_not_found', '550 cuda_nsu 5.1.1 <x@example.com>: Recipient address rejected'],
    // Met with OpenSMTPD 6.8 itself (test/integration/real-servers).
    ['opensmtpd: no such user', 'mailbox_not_found', '524 5.2.4 Mailing list expansion problem: <x@example.com>'],
    ['opensmtpd: a look-up that may work later', 'server_error', '424 4.2.4 Mailing list expansion problem: <x@example.com>'],
    ['barracuda: greylisting', 'greylisted', '451 4.7.1 <x@example.com>: Recipient address rejected: Greylisted for 5 minutes'],
    ['qq: rate, despite the 5', 'rate_limited', '550 Ip frequency limited [abc IP: 203.0.113.9]. http://service.mail.qq.com/'],
    ['163: rate, despite the 5', 'rate_limited', '550 RP:ORQ 203.0.113.9'],
    ['163: the client', 'ip_blocked', '554 DT:RBL 163 mx1,abc 1700000000 http://mail.163.com/help/help_spam_16.htm'],
    ['163: content', 'content_rejected', '554 DT:SPM 163 smtp5,abc 1700000000 http://mail.163.com/help/help_spam_16.htm?ip=203.0.113.9'],
    ['163: sessions', 'rate_limited', '421 HL:ICC 163 mx2,abc'],
    // Further documented codes
    ['365: tenant over its rate', 'rate_limited', '550 5.7.233 Message cannot be delivered, the tenant external recipient limit was passed'],
    ['365: new addresses', 'ip_blocked', '550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP.'],
    ['365: closed group', 'policy_rejected', '550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required'],
    ['outlook.com: RP-001', 'rate_limited', '421 RP-001 The mail server IP connecting to Outlook.com server has exceeded the rate limit allowed.'],
    ['outlook.com: OU-001', 'policy_rejected', '550 OU-001 Mail rejected by Outlook.com for policy reasons.'],
    ['yahoo: TSS09, for good', 'ip_blocked', '553 5.7.2 [TSS09] All messages from 203.0.113.9 will be permanently deferred'],
    ['mimecast: signature', 'content_rejected', '554 Email rejected due to security policies - https://community.mimecast.com/docs/DOC-1369#554'],
    ['mimecast: sender on a list', 'sender_rejected', '550 Envelope blocked - User Entry - https://community.mimecast.com/docs/DOC-1369#550'],
    ['facebook: unknown', 'mailbox_not_found', '550 5.1.1 RCP-P1 http://postmaster.facebook.com/response_codes?ip=203.0.113.9#rcp'],
    ['facebook: preferences', 'policy_rejected', '550 5.2.0 RCP-P2 http://postmaster.facebook.com/response_codes?ip=203.0.113.9#rcp'],
    ['godaddy: PTR', 'needs_ptr', '421 Temporarily rejected. IB108'],
    ['godaddy: client', 'ip_blocked', '554 Connection refused. IB103'],
    ['godaddy: rate', 'rate_limited', '550 IB504'],
    ['aol: rate', 'rate_limited', '421 : (DYN:T1) http://postmaster.info.aol.com/errors/421dynt1.html'],
    ['aol: client', 'ip_blocked', '554 (RTR:BL) https://postmaster.aol.com/error-codes#554rtrbl'],
    ['comcast: client', 'ip_blocked', '554 Comcast block. BL000001'],
    ['comcast: rate', 'rate_limited', '421 Try again later. RL000001'],
    ['telekom: client', 'ip_blocked', '554 IP=203.0.113.9 - None/bad reputation. (NOWL)'],
    ['orange: unknown', 'mailbox_not_found', '550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR_416 [416]'],
    ['orange: full', 'mailbox_full', '552 5.1.1 Boite du destinataire pleine. Recipient overquota. OFR_417 [417]'],
    ['orange: client', 'ip_blocked', '550 5.2.0 Service refuse. Veuillez essayer plus tard. service refused, please try later. OFR006_103 [103]'],
    ['mcafee: signature', 'content_rejected', '554 Denied MCSpamSignature.sa.1.2'],
  ])('%s: %s', (_what, reason, text) => {
    expect(classify(text).reason).toBe(reason);
  });

  it('reads 5.5.0 at an outlook.com MX as no such user, whatever the words', () => {
    expect(classify('550 5.5.0 Requested action not taken', 'RCPT', OLC).reason).toBe('mailbox_not_found');
    expect(classify('550 5.5.0 Requested action not taken', 'RCPT', 'mx.example.org').reason).not.toBe('mailbox_not_found');
  });

  it('reads a 554 greeting of GMX and web.de as about us', () => {
    const greeting = '554-gmx.net (mxgmx116) Nemesis ESMTP Service not available 554-No SMTP service 554 IP address is black listed.';
    expect(classify(greeting, 'CONNECT').reason).toBe('ip_blocked');
    expect(classify('554-gmx.net Nemesis ESMTP Service not available 554-No SMTP service 554 Bad DNS PTR resource record.', 'CONNECT').reason).toBe('needs_ptr');
  });
});
