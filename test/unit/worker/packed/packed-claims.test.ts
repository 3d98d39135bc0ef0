// Claims and what is said of domains cross between the threads as they are, whatever they hold.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DomainClaim, DomainFacts } from '../../../../electron/worker/interface.ts';
import { packClaims, unpackClaims } from '../../../../electron/worker/packed/packed-claims.ts';
import { packDomains, unpackDomains } from '../../../../electron/worker/packed/packed-domains.ts';
import { REASONS } from '../../../../shared/verdict/verdict.ts';

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', 'Ok', '\n', '\ud800', '"'));
const maybe = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(values, { nil: null });
/** As the interface says: no control characters. */
const name = fc.stringMatching(/^[a-zé]{1,8}@?[a-z.]{0,8}$/u);
const count = fc.maxSafeNat();

const facts: fc.Arbitrary<DomainFacts> = fc.record({
  catchAll: fc.constantFrom('accepted', 'refused', 'inconclusive', 'not_run'),
  acceptedAny: fc.boolean(),
  random: maybe(fc.record({ code: fc.nat(), enhanced: maybe(text), text, local: maybe(text), mxHost: text, ip: text, atMs: count })),
});

const claim: fc.Arbitrary<DomainClaim> = fc.record({
  listId: fc.constant(7),
  domainId: count,
  domain: name,
  facts,
  addresses: fc.array(
    fc.record({
      rowId: count,
      address: name,
      attempt: fc.integer({ min: 1, max: 3 }),
      earlier: maybe(fc.record({ reason: fc.constantFrom(...REASONS), heard: fc.constantFrom('nothing', 'session'), reply: maybe(text), mx: maybe(text) })),
    }),
    { maxLength: 5 },
  ),
});

describe('packClaims', () => {
  it('loses nothing of any claim', () => {
    fc.assert(
      fc.property(fc.array(claim, { maxLength: 5 }), (claims) => {
        expect(unpackClaims(structuredClone(packClaims(7, claims)))).toEqual(claims);
      }),
    );
  });
});

describe('packDomains', () => {
  it('loses nothing of what is said of any domain', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(count, facts), { maxLength: 5 }), (drawn) => {
        const updates = drawn.map(([domainId, of]) => ({ domainId, ...of }));
        expect(unpackDomains(packDomains(updates))).toEqual(updates);
      }),
    );
  });
});
