import { describe, expect, it } from 'vitest';
import { createClaimSizing } from '../../../electron/engine/run/claim-sizing.ts';
import type { DomainClaim } from '../../../electron/worker/interface.ts';

const claims = (count: number, addresses: number) =>
  Array.from({ length: count }, () => ({ addresses: new Array<unknown>(addresses).fill(null) })) as unknown as DomainClaim[];

describe('createClaimSizing', () => {
  it('claims few domains before it knows how big they are, and always one', () => {
    const sizing = createClaimSizing();
    expect(sizing.next(8_000, 30_000).maxDomains).toBeLessThanOrEqual(20);
    expect(sizing.next(0, 1).maxDomains).toBe(1);
  });

  it('learns that domains are small, and then claims up to 500 of them', () => {
    const sizing = createClaimSizing();
    for (let i = 0; i < 12; i += 1) sizing.learn(claims(20, 2));
    expect(sizing.next(8_000, 30_000).maxDomains).toBe(500);
    expect(sizing.next(100, 30_000).maxDomains).toBe(100);
    expect(sizing.next(8_000, 40).maxDomains).toBeLessThanOrEqual(20);
  });

  it('keeps a claim of domains of 1,000 near ten thousand addresses', () => {
    const sizing = createClaimSizing();
    for (let i = 0; i < 12; i += 1) sizing.learn(claims(5, 1_000));
    expect(sizing.next(8_000, 30_000).maxDomains).toBeLessThanOrEqual(11);
    sizing.learn([]);
    expect(sizing.next(8_000, 30_000).maxDomains).toBeLessThanOrEqual(11);
  });
});
