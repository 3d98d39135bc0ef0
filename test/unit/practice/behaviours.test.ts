// The behaviours whose answers depend on time and history, with the time given by hand.
import { describe, expect, it } from 'vitest';
import type { Behaviour, Recipient, SessionView } from '../../../electron/practice/behaviour.ts';
import { greylister, rateLimiter, tarpit } from '../../../electron/practice/behaviours/passing.ts';
import { postfix } from '../../../electron/practice/behaviours/postfix.ts';
import { mailboxStateOf } from '../../../electron/practice/population.ts';

const SCALE = 0.01;

function view(changes: Partial<SessionView> = {}): SessionView {
  return { mxHost: 'mx.test', clientIp: '127.0.0.1', from: 'me@client.test', recipients: [], errors: 0, resets: 0, ...changes };
}

function recipient(address: string): Recipient {
  const [local = '', domain = ''] = address.split('@');
  return { address, local, domain, mailbox: mailboxStateOf(local) };
}

function over(make: (context: { scaled: (ms: number) => number; nowMs: () => number }) => Behaviour) {
  const time = { nowMs: 5_000 };
  const behaviour = make({ scaled: (ms) => ms * SCALE, nowMs: () => time.nowMs });
  return { time, behaviour, ask: (address: string, from = 'me@client.test') => behaviour.rcpt(recipient(address), view({ from })).code };
}

describe('greylister', () => {
  it('defers each sender and recipient until five minutes have passed since it first came', () => {
    const { ask, time } = over(greylister);
    expect(ask('alice.baker@g.test')).toBe(450);
    time.nowMs += 2_000;
    expect(ask('alice.baker@g.test')).toBe(450);
    time.nowMs += 1_000;
    expect(ask('alice.baker@g.test')).toBe(250);
    expect(ask('Alice.Baker@g.test')).toBe(250);
    expect(ask('alice.baker@g.test', 'other@client.test')).toBe(450);
    expect(ask('bruno.baker@g.test')).toBe(450);
  });

  it('refuses unknown users at once, and says at the end what is the matter with a mailbox', () => {
    const { ask } = over(greylister);
    expect(ask('alice.leaver@g.test')).toBe(550);
    expect(ask('alice.fullerton@g.test')).toBe(452);
  });
});

describe('rateLimiter', () => {
  it('takes twelve recipients a minute, known or not', () => {
    const { ask, time } = over(rateLimiter);
    const twelve = (): number[] => Array.from({ length: 12 }, (_, index) => ask(index % 2 === 0 ? 'alice.baker@r.test' : 'alice.leaver@r.test'));
    expect(new Set(twelve())).toEqual(new Set([250, 550]));
    expect([ask('alice.baker@r.test'), ask('alice.leaver@r.test')]).toEqual([450, 450]);
    time.nowMs += 599;
    expect(ask('alice.baker@r.test')).toBe(450);
    time.nowMs += 1;
    expect(new Set(twelve())).toEqual(new Set([250, 550]));
    expect(ask('alice.baker@r.test')).toBe(450);
  });
});

describe('tarpit', () => {
  it('delays every reply and otherwise answers as any host', () => {
    const behaviour = tarpit();
    expect(behaviour.delayMs?.(view())).toBe(5_000);
    expect(behaviour.rcpt(recipient('alice.leaver@t.test'), view()).code).toBe(550);
  });
});

describe('postfix', () => {
  it.each([
    [0, 0, null],
    [9, 0, null],
    [10, 1000, null],
    [19, 1000, null],
    [20, 1000, 421],
  ])('after %i errors waits %i ms and says %j', (errors, delayMs, code) => {
    const behaviour = postfix();
    expect(behaviour.delayMs?.(view({ errors }))).toBe(delayMs);
    expect(behaviour.giveUp?.(view({ errors }))?.code ?? null).toBe(code);
  });
});
