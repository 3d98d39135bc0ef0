import { describe, expect, it } from 'vitest';
import type { DnsAnswer, DnsResult } from '../../../electron/engine/dns/dns-answer.ts';
import { followAliases, tryFollowAliases } from '../../../electron/engine/dns/follow-aliases.ts';

const FOUND: DnsResult = { kind: 'records', mx: [], ips: ['192.0.2.1'], ttlSec: 60 };

async function follow(results: Readonly<Record<string, DnsResult>>) {
  const asked: string[] = [];
  const of = (name: string): DnsResult => {
    asked.push(name);
    return results[name] ?? { kind: 'failed', detail: 'not scripted' };
  };
  const result = await followAliases({ ask: (name) => Promise.resolve(of(name)) }, 'n0', 'A', 8_000);
  // From memory the same comes out: that one has no failures, but knows these names too.
  const known = (name: string): DnsAnswer | null => {
    const answer = results[name];
    return answer === undefined || answer.kind === 'failed' ? null : answer;
  };
  expect(tryFollowAliases({ tryAsk: known }, 'n0', 'A')).toEqual(result);
  return { result, asked };
}

function chainOf(length: number, steps = 1): Record<string, DnsResult> {
  const results: Record<string, DnsResult> = { [`n${length}`]: FOUND };
  for (let step = 0; step < length; step += 1) results[`n${step}`] = { kind: 'alias', target: `n${step + 1}`, steps, ttlSec: 60 };
  return results;
}

describe('followAliases', () => {
  it('gives an answer that is no alias as it is', async () => {
    expect((await follow({ n0: FOUND })).result).toBe(FOUND);
    expect((await follow({ n0: { kind: 'nxdomain', ttlSec: 60 } })).result.kind).toBe('nxdomain');
  });

  it('follows eight steps, not nine', async () => {
    expect((await follow(chainOf(8))).result).toEqual({ ...FOUND, aliased: true });
    expect((await follow(chainOf(9))).result).toEqual({ kind: 'failed', detail: 'CNAME chain too long' });
  });

  it('counts the steps that a server took within its answers', async () => {
    expect((await follow(chainOf(4, 2))).result).toEqual({ ...FOUND, aliased: true });
    expect((await follow(chainOf(4, 3))).result).toEqual({ kind: 'failed', detail: 'CNAME chain too long' });
  });

  it('tells a loop from an answer, and asks no name twice', async () => {
    const { result, asked } = await follow({ n0: { kind: 'alias', target: 'n1', steps: 1, ttlSec: 60 }, n1: { kind: 'alias', target: 'n0', steps: 1, ttlSec: 60 } });
    expect(result).toEqual({ kind: 'failed', detail: 'CNAME loop' });
    expect(asked).toEqual(['n0', 'n1']);
  });

  it('from memory says nothing where memory does not know enough', () => {
    const known: Record<string, DnsAnswer> = { n0: { kind: 'alias', target: 'n1', steps: 1, ttlSec: 60 } };
    expect(tryFollowAliases({ tryAsk: (name) => known[name] ?? null }, 'n0', 'A')).toBeNull();
    expect(tryFollowAliases({ tryAsk: () => null }, 'n0', 'A')).toBeNull();
  });
});
