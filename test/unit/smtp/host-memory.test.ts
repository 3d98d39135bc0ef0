// Host memory: facts add up, belong to an IP and port, and the memory is bounded.
import { describe, expect, it } from 'vitest';
import { HostMemory, targetKey } from '../../../electron/engine/smtp/host-memory.ts';
import { target } from './fake-session.ts';

describe('HostMemory', () => {
  it('knows nothing of a host at first, and adds facts up', () => {
    const memory = new HostMemory();
    expect(memory.of(target())).toEqual({ demandsTls: false, tlsBroken: false, oneByOne: false, inStep: false });
    memory.learn(target(), { demandsTls: true });
    memory.learn(target(), { oneByOne: true });
    expect(memory.of(target())).toEqual({ demandsTls: true, tlsBroken: false, oneByOne: true, inStep: false });
    expect(memory.of(target('127.0.0.2')).demandsTls).toBe(false);
  });

  it('holds one fact for all MX names of an IP and port', () => {
    expect(targetKey(target('127.0.0.1', 'a.test'))).toBe(targetKey(target('127.0.0.1', 'b.test')));
    expect(targetKey({ ...target(), port: 2525 })).not.toBe(targetKey(target()));
  });

  it('forgets the longest unused host over its bound', () => {
    const memory = new HostMemory();
    for (let i = 0; i <= 10_000; i += 1) memory.learn({ ...target(), port: i + 1 }, { oneByOne: true });
    expect(memory.of({ ...target(), port: 1 }).oneByOne).toBe(false);
    expect(memory.of({ ...target(), port: 10_001 }).oneByOne).toBe(true);
  });
});
