import { describe, expect, it } from 'vitest';
import { statusOf } from '../../../shared/verdict/verdict.ts';
import { classify } from './classify-helpers.ts';

describe('classifyReply: words in many languages', () => {
  it.each([
    ['mailbox_not_found', '550 Benutzer unbekannt'],
    ['mailbox_not_found', '550 Empfänger existiert nicht'],
    ['mailbox_not_found', '550 Unbekannter Empfänger'],
    ['mailbox_not_found', '550 Die Adresse ist ungültig'],
    ['mailbox_full', '552 Das Postfach ist voll'],
    ['mailbox_disabled', '550 Dieses Postfach wurde deaktiviert'],
    ['mailbox_not_found', '550 Utilisateur inconnu'],
    ['mailbox_not_found', "550 Cette adresse n'existe pas"],
    ['mailbox_not_found', '550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR_416 [416]'],
    ['mailbox_full', '552 La boîte du destinataire est pleine'],
    ['mailbox_disabled', '550 Compte désactivé'],
    ['rate_limited', '421 Trop de connexions, veuillez verifier votre configuration.'],
    ['mailbox_not_found', '550 El usuario no existe'],
    ['mailbox_not_found', '550 Usuario desconocido'],
    ['mailbox_full', '552 Buzón lleno'],
    ['mailbox_disabled', '550 La cuenta está suspendida'],
    ['mailbox_not_found', '550 Utente sconosciuto'],
    ['mailbox_not_found', '550 La casella non esiste'],
    ['mailbox_full', '552 Casella piena'],
    ['mailbox_not_found', '550 Usuário inexistente'],
    ['mailbox_not_found', '550 Destinatário não encontrado'],
    ['mailbox_full', '552 Caixa postal cheia'],
    ['mailbox_not_found', '550 Gebruiker onbekend'],
    ['mailbox_not_found', '550 Dit adres bestaat niet'],
    ['mailbox_not_found', '550 Użytkownik nie istnieje'],
    ['mailbox_full', '552 Skrzynka przepełniona'],
    ['mailbox_not_found', '550 Пользователь не найден'],
    ['mailbox_not_found', '550 Нет такого пользователя'],
    ['mailbox_full', '552 Почтовый ящик переполнен'],
    ['mailbox_disabled', '550 Ящик заблокирован'],
    ['mailbox_not_found', '550 宛先のユーザーは存在しません'],
    ['mailbox_full', '552 メールボックスがいっぱいです'],
    ['mailbox_not_found', '550 收件人不存在'],
    ['mailbox_not_found', '550 查无此人'],
    ['mailbox_full', '552 邮箱已满'],
    ['rate_limited', '550 发送频率过高'],
    ['ip_blocked', '550 您的IP在黑名单中'],
  ])('%s: %s', (reason, text) => {
    expect(classify(text).reason).toBe(reason);
  });
});

describe('classifyReply: the order of evidence', () => {
  it.each([
    // Words about us come before everything.
    ['rate_limited', '550 5.1.1 <x@example.com> 203.0.113.9 has sent to too many recipients this hour'],
    ['ip_blocked', '550 5.1.1 Mail from 203.0.113.9 rejected: listed at zen.spamhaus.org'],
    ['sender_rejected', '550 5.1.1 Sender address rejected: Domain not found'],
    ['sender_rejected', '550 5.1.1 SPF check failed for example.org'],
    ['sender_rejected', '550-Verification failed for <x@example.com> 550-No Such User Here 550 Sender verify failed'],
    // Words about the mailbox come before its code, also where X.7.x is about policy.
    ['mailbox_full', '550 5.1.1 mailbox is over quota'],
    ['mailbox_disabled', '550 5.1.1 account disabled'],
    ['mailbox_not_found', '550 5.7.1 No such user!'],
    ['mailbox_not_found', '550 5.2.1 User unknown'],
    ['mailbox_full', '550 5.7.1 Mailbox is full'],
    // Then the enhanced code.
    ['mailbox_not_found', '550 5.1.1 sorry'],
    ['mailbox_not_found', '550 #5.1.0 Address rejected x@example.com'],
    ['mailbox_not_found', '550 sorry (#5.1.1)'],
    ['mailbox_disabled', '525 5.7.13 sorry'],
    ['policy_rejected', '550 5.7.1 sorry'],
    ['greylisted', '450 4.7.1 sorry'],
    ['null_mx', '556 5.1.10 sorry'],
    ['smtputf8_unsupported', '553 5.6.7 sorry'],
    // A code against the reply's class is ignored.
    ['accepted', '250 5.1.1 Ok'],
  ])('%s: %s', (reason, text) => {
    expect(classify(text).reason).toBe(reason);
  });

  it('ignores a 2yz code in a 5yz reply, and so finds nothing', () => {
    expect(classify('550 2.1.5 foo')).toMatchObject({ reason: 'policy_rejected', bare: true });
  });
});

describe('classifyReply: echoes are not words', () => {
  it.each([
    ['mailbox_not_found', '550 <spam@example.com>: user unknown'],
    ['mailbox_not_found', '550 User unknown: blacklist@rbl-spamhaus.example.com'],
    ['mailbox_not_found', '550 user unknown, see https://www.example.com/policy/spam/too-many-connections'],
    ['mailbox_not_found', '550 mail.blocked-hosts.com: no such user'],
    ['server_error', '451 4.3.0 <greylisted@example.com>: try again'],
  ])('%s: %s', (reason, text) => {
    expect(classify(text).reason).toBe(reason);
  });

  it.each(['550 "user unknown"@example.com', '550 <"no such user"@example.com>', '550 <user-unknown@example.com> sorry', '550 unknown-user.example.com sorry'])(
    'finds no unknown user in %s',
    (text) => {
      expect(classify(text).namesUser).toBe(false);
      expect(classify(text).reason).toBe('policy_rejected');
    },
  );

  it('still reads the name of a block list in a host or URL', () => {
    expect(classify('550 rejected, see https://www.spamhaus.org/query/ip/203.0.113.9').reason).toBe('ip_blocked');
    expect(classify('550 found in bl.spamcop.net').reason).toBe('ip_blocked');
  });
});

describe('classifyReply: codes alone', () => {
  it.each([
    ['250', 'accepted'],
    ['251', 'accepted'],
    ['252', 'provider_unverifiable'],
    ['259', 'accepted'],
    ['220', 'protocol_error'],
    ['354', 'protocol_error'],
    ['421', 'rate_limited'],
    ['450', 'server_error'],
    ['451', 'server_error'],
    ['452', 'server_error'],
    ['500', 'server_error'],
    ['503', 'server_error'],
    ['552', 'policy_rejected'],
    ['554', 'policy_rejected'],
    ['556', 'null_mx'],
  ])('%s: %s', (text, reason) => {
    expect(classify(text)).toMatchObject({ reason, bare: false });
  });

  it.each(['550', '550 sorry', '551', '553', '550 Requested action not taken', '599 x'])('%s is bare', (text) => {
    expect(classify(text)).toMatchObject({ reason: 'policy_rejected', bare: true, namesUser: false });
  });

  it.each(['550 5.0.0 x', '550 Access denied', '554 x', '550 user unknown', '450', '552 too many recipients'])('%s is not bare', (text) => {
    expect(classify(text).bare).toBe(false);
  });

  it('takes "recipient address rejected" and nothing else for a weak sign of the recipient', () => {
    expect(classify('550 <x@example.com>: Recipient address rejected.')).toMatchObject({ reason: 'mailbox_not_found', confidence: 'low', namesUser: false });
  });

  it('does not take 452 and 552 alone for a full mailbox', () => {
    expect(classify('452 too many recipients').reason).toBe('rate_limited');
    expect(classify('552 too many recipients').reason).toBe('rate_limited');
    expect(classify('452 4.3.1 Insufficient system storage').reason).toBe('server_error');
    expect(classify('552 5.3.4 Message size exceeds fixed limit').reason).toBe('content_rejected');
    expect(classify('452 quota exceeded').reason).toBe('mailbox_full');
  });
});

describe('classifyReply: stages before RCPT', () => {
  it.each([
    ['CONNECT', '421', 'rate_limited'],
    ['CONNECT', '554 5.7.1 blocked using zen.spamhaus.org', 'ip_blocked'],
    ['CONNECT', '521 no', 'policy_rejected'],
    ['EHLO', '550 rejected', 'helo_rejected'],
    ['EHLO', '502 no', 'server_error'],
    ['MAIL', '550 5.7.1 Access denied', 'policy_rejected'],
    ['MAIL', '553 5.1.0 foo does not exist', 'sender_rejected'],
    ['MAIL', '550 5.1.7 No such domain', 'sender_rejected'],
    ['MAIL', '530 5.7.0 Must issue a STARTTLS command first', 'tls_required'],
    ['MAIL', '450 4.7.1 Error: too much mail from 203.0.113.9', 'rate_limited'],
    ['MAIL', '552 5.2.2 mailbox full', 'sender_rejected'],
    ['RSET', '554 Too many nonmail commands', 'rate_limited'],
    ['RSET', '550 x', 'server_error'],
    ['STARTTLS', '454 TLS not available', 'server_error'],
  ] as const)('%s %s: %s', (stage, text, reason) => {
    expect(classify(text, stage)).toMatchObject({ reason });
    expect(classify(text, stage).scope).not.toBe('recipient');
  });
});

describe('classifyReply: what sounds like the recipient and is about us', () => {
  it.each([
    '550 The user you are sending from does not exist',
    '550 Return address is invalid: no such user',
    '550 Callback verification failed: mailbox unavailable',
    '550 Sender verify failed: unrouteable address',
    '550 Your address is not valid',
    '550 Your account is disabled',
    '550 Authentication failed: user not found',
    '550 Recipient is not accepting mail from your server',
    '550 This mailbox is not accepting messages from outside senders',
    '550 We do not accept mail over IPv6',
    '550 This server does not accept mail without TLS',
    '550 Unknown host 203.0.113.9',
    '550 Client host name not found: unknown host',
    '550 Adresse IP invalide',
    '550 IP-Adresse ungültig',
    '550 Dirección IP desconocida',
    '550 Неверный IP-адрес',
    '550 Invalid IP address',
    '550 Absender unbekannt',
    '550 Expéditeur inconnu',
    '550 Mittente sconosciuto',
    '550 Отправитель не существует',
    '550 发件人地址不存在',
    '550 差出人アドレスが存在しません',
    '550 Invalid address in From header',
    '550 Domain of sender does not exist',
    '550 5.1.8 Mail from address does not exist',
    '550 5.1.1 Blocked: your IP sent mail to too many unknown users',
    '550 No such user, but you are in our blacklist: client 203.0.113.9 blacklisted',
    '550 5.7.1 Recipient is restricted to internal senders',
  ])('%s', (text) => {
    expect(statusOf(classify(text).reason)).toBe('unknown');
  });
});
