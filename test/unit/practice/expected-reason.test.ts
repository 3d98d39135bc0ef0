import { describe, expect, it } from 'vitest';
import { expectedReason } from '../../../electron/practice/expected-reason.ts';

describe('expectedReason', () => {
  it.each([
    ['alice.baker', 'brightmail.test', 'accepted'],
    ['alice.leaver', 'brightmail.test', 'mailbox_not_found'],
    ['alice.fullerton', 'cedar-works.test', 'mailbox_full'],
    ['alice.dormer', 'cedar-works.test', 'mailbox_disabled'],
    ['info', 'cedar-works.test', 'role'],
    ['no-reply', 'cedar-works.test', 'no_reply'],
    ['crash.test.dummy', 'mailinator.com', 'disposable'],
    ['alice.leaver', 'mailinator.com', 'mailbox_not_found'],
    ['made.up.person', 'gamil.com', 'possible_typo'],
    ['made.up.person', 'gmial.com', 'domain_not_found'],
    ['alice.leaver', 'yoodle.test', 'provider_unverifiable'],
    ['info', 'open-door.test', 'accept_all'],
    ['alice.baker', 'fortress.test', 'ip_blocked'],
    ['alice.baker', 'bastion.test', 'ip_blocked'],
    ['alice.baker', 'lights-out.test', 'no_connect'],
    ['alice.baker', 'closed-shop.test', 'blanket_reject'],
    ['alice.fullerton', 'terse.test', 'mailbox_not_found'],
    ['alice.baker', 'no-mail-please.test', 'null_mx'],
    ['alice.baker', 'parked-name.test', 'no_mail_server'],
    ['jörg.müller', 'brightmail.test', 'accepted'],
    ['jörg.müller', 'cedar-works.test', 'smtputf8_unsupported'],
    ['jörg.müller', 'no-mail-please.test', 'null_mx'],
  ])('%s@%s ends as %s', (local, domain, reason) => {
    expect(expectedReason(local, domain)).toBe(reason);
  });
});
