import { describe, expect, it } from 'vitest';
import { parseAddress, type ParsedAddress } from '../../../shared/address/parse-address.ts';
import { addressFlags } from '../../../shared/lists/address-flags.ts';
import { BUILT_IN_LISTS, createAddressLists, LIST_KINDS, type CustomLists, type ListSource } from '../../../shared/lists/address-lists.ts';
import { FLAGS } from '../../../shared/verdict/verdict.ts';

function parsed(address: string): ParsedAddress {
  const result = parseAddress(address);
  if (!result.ok) throw new Error(`${address} does not parse: ${result.reason}`);
  return result;
}

const flagsWith = (custom: CustomLists, address: string) => createAddressLists(custom).flagsOf(parsed(address)).flags;

describe('createAddressLists', () => {
  it('without lists of the user says what the built-in ones say', () => {
    for (const address of ['sales+eu@sub.mailinator.com', 'x@gmial.com', 'noreply@gmail.com', 'spamtrap@acme-corp.de']) {
      expect(createAddressLists().flagsOf(parsed(address))).toEqual(addressFlags(parsed(address)));
    }
    expect(BUILT_IN_LISTS.isSuppressed(parsed('x@gmail.com'))).toBe(false);
  });

  it('gives flags in the order of FLAGS, and new ones for each call', () => {
    const lists = createAddressLists({ free: ['xn--mller-kva.example'], block: ['xn--mller-kva.example'], no_reply: ['sales'] });
    const address = parsed('sales+ü-spamtrap@müller.example');
    const { flags } = lists.flagsOf(address);
    expect(flags).toEqual(['free', 'role', 'disposable', 'no_reply', 'tagged', 'trap', 'special_use', 'smtputf8']);
    expect(flags).toEqual(FLAGS.filter((flag) => flags.includes(flag)));
    flags.push('practice');
    expect(lists.flagsOf(address).flags).not.toContain('practice');
  });

  it('allow: an entry is never flagged by any list, but keeps what it is', () => {
    const allow = ['sales@acme-corp.de', 'mailinator.com', '@gmial.com', 'spamtrap@acme-corp.de'];
    expect(flagsWith({ allow }, 'sales@acme-corp.de')).toEqual([]);
    expect(flagsWith({ allow }, 'SALES@acme-corp.de')).toEqual([]);
    expect(flagsWith({ allow }, 'info@acme-corp.de')).toEqual(['role']);
    expect(flagsWith({ allow }, 'noreply@a.mailinator.com')).toEqual([]);
    expect(flagsWith({ allow }, 'spamtrap@acme-corp.de')).toEqual([]);
    expect(flagsWith({ allow }, 'jürgen+x@mailinator.com')).toEqual(['tagged', 'smtputf8']);
    expect(createAddressLists({ allow }).flagsOf(parsed('jane@gmial.com'))).toEqual({ flags: [], didYouMean: null });
  });

  it('allow wins over block', () => {
    expect(flagsWith({ allow: ['good.acme-corp.de'], block: ['acme-corp.de'] }, 'x@good.acme-corp.de')).toEqual([]);
    expect(flagsWith({ allow: ['good.acme-corp.de'], block: ['acme-corp.de'] }, 'x@acme-corp.de')).toEqual(['disposable']);
  });

  it('block: added to the built-in disposable domains, names below an entry too, even those of many owners', () => {
    const block = ['github.io', 'jane@acme-corp.de', '@gmial.com'];
    expect(flagsWith({ block }, 'x@foo.github.io')).toEqual(['disposable']);
    expect(flagsWith({ block }, 'x@mailinator.com')).toEqual(['disposable']);
    expect(flagsWith({ block }, 'jane@acme-corp.de')).toEqual(['disposable']);
    expect(flagsWith({ block }, 'john@acme-corp.de')).toEqual([]);
    expect(flagsWith({ block }, 'x@notgithub.io')).toEqual([]);
  });

  it('suppress: addresses in any spelling of the local part, domains and the names below them', () => {
    const lists = createAddressLists({ suppress: ['Jane.Doe@acme-corp.de', 'rival.example', '@other.example', 'xn--mller-kva.de'] });
    const suppressed = ['jane.doe@acme-corp.de', 'JANE.DOE@ACME-CORP.DE', 'x@rival.example', 'x@mail.rival.example', 'x@other.example', 'x@müller.de'];
    const free = ['john@acme-corp.de', 'jane.doe@mail.acme-corp.de', 'x@notrival.example', 'jane.doe+x@acme-corp.de', 'x@example.com'];
    expect(suppressed.map((address) => lists.isSuppressed(parsed(address)))).toEqual(suppressed.map(() => true));
    expect(free.map((address) => lists.isSuppressed(parsed(address)))).toEqual(free.map(() => false));
    expect(lists.flagsOf(parsed('x@rival.example')).flags).toEqual(['special_use']);
  });

  it('disposable, free, role and no_reply replace the built-in list', () => {
    const custom = { disposable: ['throw.example'], free: ['corp.de'], role: ['kasse'], no_reply: ['stumm'] };
    expect(flagsWith(custom, 'x@a.throw.example')).toEqual(['disposable', 'special_use']);
    expect(flagsWith(custom, 'x@mailinator.com')).toEqual([]);
    expect(flagsWith(custom, 'x@corp.de')).toEqual(['free']);
    expect(flagsWith(custom, 'x@gmail.com')).toEqual([]);
    expect(flagsWith(custom, 'Kasse+1@acme-corp.de')).toEqual(['role', 'tagged']);
    expect(flagsWith(custom, 'sales@acme-corp.de')).toEqual([]);
    expect(flagsWith(custom, 'stumm@acme-corp.de')).toEqual(['no_reply']);
    expect(flagsWith(custom, 'noreply@acme-corp.de')).toEqual([]);
    expect(flagsWith({ disposable: [] }, 'x@mailinator.com')).toEqual([]);
  });

  it('suggests', () => {
    expect(createAddressLists({ free: [] }).suggest('jane@gmail.con')).toBe('jane@gmail.com');
  });

  it('shows where each list comes from, of which day and how long it is', () => {
    const sources = BUILT_IN_LISTS.sources;
    expect(sources.map(({ kind }) => kind)).toEqual(['disposable', 'free', 'role', 'no_reply']);
    for (const { source, date, entries, custom } of sources) {
      expect([source.length > 5, /^20\d\d-\d\d-\d\d$/.test(date), entries >= 10, custom]).toEqual([true, true, true, false]);
    }
    const given: ListSource = { kind: 'free', source: 'ours.txt', date: '2026-01-02', entries: 1, custom: true };
    const mixed = createAddressLists({ free: ['corp.de'], suppress: ['a@b.de', 'c.de'] }, [given]).sources;
    expect(mixed.map(({ kind }) => kind)).toEqual(['disposable', 'role', 'no_reply', 'free', 'suppress']);
    expect(mixed[3]).toEqual(given);
    expect(mixed[4]).toEqual({ kind: 'suppress', source: '', date: '', entries: 2, custom: true });
    expect(new Set(LIST_KINDS).size).toBe(7);
  });

  it('takes plain data that has crossed a thread', () => {
    expect(createAddressLists(structuredClone({ block: ['corp.de'] })).flagsOf(parsed('x@corp.de')).flags).toEqual(['disposable']);
  });
});

describe('traps by name', () => {
  it.each([
    'spamtrap@acme-corp.de', 'spam-trap@acme-corp.de', 'SpamTrap2@acme-corp.de', 'my.honeypot@acme-corp.de', 'honey_pot@acme-corp.de', 'x@spamtrap.acme-corp.de',
    'x@honeypot.acme-corp.de', 'submit.abc@spam.spamcop.net', 'success@simulator.amazonses.com', 'jane@example.com.sink.sparkpostmail.com',
    'hardbounce@bounce-testing.postmarkapp.com',
  ])('%s', (address) => {
    expect(addressFlags(parsed(address)).flags).toContain('trap');
  });

  it.each(['trapp@acme-corp.de', 'vontrapp@acme-corp.de', 'spam@acme-corp.de', 'abuse@acme-corp.de', 'jane@honeypot.io', 'team@spamtrap.io', 'test@acme-corp.de', 'trap@acme-corp.de', 'x@amazonses.com'])(
    '%s is none',
    (address) => {
      expect(addressFlags(parsed(address)).flags).not.toContain('trap');
    },
  );
});
