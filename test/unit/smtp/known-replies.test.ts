// What is kept of a host's usual replies: never an address, never much, and never a hold on somebody else's bytes.
import { describe, expect, it } from 'vitest';
import { KnownReplies } from '../../../electron/engine/smtp/known-replies.ts';
import { RawReply } from '../../../electron/engine/smtp/raw-reply.ts';

const make = (copy: string): RawReply => new RawReply(250, [copy.slice(4, -2)]);

describe('KnownReplies', () => {
  it('finds the same reply again by its octets', () => {
    const known = new KnownReplies();
    expect(known.find('250 ok\r\n')).toBeNull();
    const kept = known.keep('250 ok\r\n', make);
    expect(known.find('250 ok\r\n')).toBe(kept);
    expect(known.find('250 ok\n')).toBeNull();
  });

  it('keeps no echo of an address, and no long line', () => {
    const known = new KnownReplies();
    expect(known.keep('550 5.1.1 <a@x.test> unknown\r\n', make)).toBeNull();
    expect(known.keep(`250 ${'x'.repeat(300)}\r\n`, make)).toBeNull();
    expect(known.size).toBe(0);
  });

  it('is bounded', () => {
    const known = new KnownReplies();
    for (let i = 0; i < 1_000; i += 1) known.keep(`250 id ${String(i)}\r\n`, make);
    expect(known.size).toBeLessThanOrEqual(16);
    expect(known.find('250 id 999\r\n')?.reply.lines).toEqual(['id 999']);
  });

  it('keeps octets as they are', () => {
    const octets = '250 \0\xe9\xff\r\n';
    expect(new KnownReplies().keep(octets, make)?.octets).toBe(octets);
  });
});
