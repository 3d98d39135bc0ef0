import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../../shared/address/parse-address.ts';
import { addressFlags, suggestAddress } from '../../../shared/lists/address-flags.ts';

function flagsOf(address: string) {
  const parsed = parseAddress(address);
  if (!parsed.ok) throw new Error(`${address} does not parse: ${parsed.reason}`);
  return addressFlags(parsed);
}

describe('addressFlags', () => {
  it.each([
    ['jane.doe@acme-corp.de', []],
    ['jane@gmail.com', ['free']],
    ['jane@GMX.de', ['free']],
    ['sales@acme-corp.de', ['role']],
    ['Postmaster@acme-corp.de', ['role']],
    ['sales+eu@acme-corp.de', ['role', 'tagged']],
    ['x@mailinator.com', ['disposable']],
    ['x@sub.mailinator.com', ['disposable']],
    ['jane+news@acme-corp.de', ['tagged']],
    ['+jane@acme-corp.de', []],
    ['jane+@acme-corp.de', []],
    ['jane@example.com', ['special_use']],
    ['jürgen@acme-corp.de', ['smtputf8']],
    ['"sales"@acme-corp.de', ['role']],
  ])('%s: %j', (address, flags) => {
    expect(flagsOf(address)).toEqual({ flags, didYouMean: null });
  });

  it.each([
    'noreply', 'no-reply', 'no_reply', 'no.reply', 'NoReply', 'donotreply', 'do-not-reply', 'news-noreply', 'noreply-billing',
    'noreply2', 'nicht-antworten', 'nepasrepondre', 'ne-pas-repondre', 'no-responder', 'noresponda', 'nao-responda', 'non-rispondere',
    'niet-beantwoorden', 'noresponse',
  ])('%s@ is nobody', (local) => {
    expect(flagsOf(`${local}@acme-corp.de`).flags).toEqual(['no_reply']);
  });

  it.each(['norbert', 'reply', 'replyto', 'noreplyman', 'piano.replay', 'nora.reply', 'antworten'])('%s@ may be somebody', (local) => {
    expect(flagsOf(`${local}@acme-corp.de`).flags).not.toContain('no_reply');
  });

  it.each(['paris', 'gardner', 'alexa', '2024', 'chicago', 'asdf', 'franc'])('%s@ is no role', (local) => {
    expect(flagsOf(`${local}@acme-corp.de`).flags).toEqual([]);
  });

  it.each(['zoho.com', 'hushmail.com', 'duck.com', '163.com', 'mozmail.com', 'qq.com', 'proton.me', 'mail.com'])('%s is not disposable', (domain) => {
    expect(flagsOf(`x@${domain}`).flags).not.toContain('disposable');
  });

  it.each([
    ['gmial.com', 'gmail.com'],
    ['gamil.com', 'gmail.com'],
    ['gmai.com', 'gmail.com'],
    ['gmaill.com', 'gmail.com'],
    ['gmsil.com', 'gmail.com'],
    ['gmail.co', 'gmail.com'],
    ['gmail.cm', 'gmail.com'],
    ['hotmial.com', 'hotmail.com'],
    ['hotmai.com', 'hotmail.com'],
    ['hotmail.co', 'hotmail.com'],
    ['hotmal.fr', 'hotmail.fr'],
    ['yahooo.com', 'yahoo.com'],
    ['yhaoo.co.uk', 'yahoo.co.uk'],
    ['outlok.com', 'outlook.com'],
    ['iclod.com', 'icloud.com'],
    ['tonline.de', 't-online.de'],
  ])('%s: %s was meant', (domain, meant) => {
    expect(flagsOf(`jane.doe@${domain}`)).toEqual({ flags: ['typo'], didYouMean: `jane.doe@${meant}` });
  });

  it.each([
    'email.com', 'qmail.com', 'ymail.com', 'mail.com', 'gmx.de', 'gmx.com', 'gmx.net', 'web.de', 'me.com', 'live.com', 'love.com', 'gail.com',
    'hotmail.fr', 'hotmail.co.uk', 'yahoo.de', 'outlook.de', 'aol.de', 'inbox.com', 'fmail.com', 'hmail.com', 'mymail.com', 'gmail-corp.de',
    'outlook-it.com', 'cloud.com', 'yahoo-inc.de', 'look.com',
  ])('%s is left alone', (domain) => {
    expect(flagsOf(`x@${domain}`).didYouMean).toBeNull();
  });
});

describe('suggestAddress', () => {
  it.each([
    ['jane@gmail.con', 'jane@gmail.com'],
    ['jane@hotmial.cmo', 'jane@hotmail.com'],
    ['jane@gmailc.om', 'jane@gmail.com'],
  ])('%s: %s', (text, meant) => {
    expect(suggestAddress(text)).toBe(meant);
  });

  it.each(['jane@acme.con', 'jane', '@gmail.con', 'gmail.con', `${'a'.repeat(300)}@gmail.con`])('%s: nothing', (text) => {
    expect(suggestAddress(text)).toBeNull();
  });
});
