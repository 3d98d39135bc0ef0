// The chain without sockets: flights over several domains, in fair turn, within every bound, with nobody lost or told twice.
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPipeline } from '../../../electron/engine/pipeline/pipeline.ts';
import type { SmtpFailure } from '../../../electron/engine/smtp/types.ts';
import type { DomainClaim, VerdictRecord } from '../../../electron/worker/interface.ts';
import { settingsSchema } from '../../../shared/settings/schema.ts';
import { createManualClock } from '../../lab/manual-clock.ts';
import { fakeResolver, oneHost } from '../../lab/fake-network.ts';
import { isRandom, strictPool, type StrictPoolOptions } from './strict-pool.ts';

const settings = settingsSchema.parse({ identity: { heloName: 'helo.test', mailFrom: 'verify@helo.test' }, retry: { backoffMs: 1_000 } });
const WIDE = { connectionsPerTarget: 10, maxFlight: 50, transactions: 10, recipientsPerTransaction: 100, errorBudget: 1_000 };
const knowsUsers = (recipient: string) => (isRandom(recipient) ? '550 5.1.1 User unknown' : '250 2.1.5 Ok');

function claimsOf(sizes: readonly number[]): DomainClaim[] {
  let rowId = 0;
  return sizes.map((count, index) => {
    const domain = `d${String(index)}.test`;
    const addresses = Array.from({ length: count }, () => ({ rowId: (rowId += 1), address: `user${String(rowId)}@${domain}`, attempt: 1, earlier: null }));
    return { listId: 1, domainId: index, domain, facts: { catchAll: 'not_run', acceptedAny: false, random: null }, addresses };
  });
}

/** Asks until nobody is left; `hostOf` says which server a domain has, `pick` which flight ends next. */
async function drive(
  claims: readonly DomainClaim[],
  options: StrictPoolOptions,
  { hostOf = () => 1, pick = () => 0, maxConnections = 200 }: { hostOf?: (domain: string) => number; pick?: () => number; maxConnections?: number } = {},
) {
  const pool = strictPool(options);
  const verdicts: VerdictRecord[] = [];
  const ended: number[] = [];
  const defects: unknown[] = [];
  const pipeline = createPipeline({
    pool,
    resolver: fakeResolver((domain) => oneHost(`mx${String(hostOf(domain))}.test`, `127.0.0.${String(hostOf(domain))}`)),
    settings: { ...settings, smtp: { ...settings.smtp, maxConnections, maxConnectionsPerDestination: options.connectionsPerTarget } },
    clock: createManualClock(),
    practice: false,
    lists: { flagsOf: () => ({ flags: [], didYouMean: null }) },
    onVerdict: (record) => verdicts.push(record),
    onEnded: ({ domainId }) => ended.push(domainId),
    onConnect: () => undefined,
    onDefect: (error) => defects.push(error),
  });
  for (const claim of claims) pipeline.submit(claim);
  do await setImmediate();
  while (pool.endFlight(pick()) && defects.length === 0);
  return { pool, verdicts, ended, defects };
}

describe('the pipeline', () => {
  it('asks about several small domains in one flight, a transaction for each, its random recipient first', async () => {
    const { pool } = await drive(claimsOf([2, 2, 2]), { ...WIDE, answer: knowsUsers });
    const [flight] = pool.flights;
    expect(pool.flights).toHaveLength(1);
    expect(flight?.recipients.map(isRandom)).toEqual([true, false, false, true, false, false, true, false, false]);
    expect(flight).toMatchObject({ newTransaction: true, breaks: [3, 6] });
  });

  it('goes on with a domain in its open transaction, and begins others behind it', async () => {
    const { pool } = await drive(claimsOf([5, 1]), { ...WIDE, maxFlight: 4, answer: knowsUsers });
    expect(pool.flights[1]).toMatchObject({ newTransaction: false, breaks: [2] });
  });

  it('does not let a giant delay a thousand small ones, nor them starve it', async () => {
    const smalls = 1_000;
    const { pool, verdicts } = await drive(claimsOf([5_000, ...new Array<number>(smalls).fill(2)]), { ...WIDE, transactions: 1_000, connectionsPerTarget: 1, answer: knowsUsers });
    expect(verdicts).toHaveLength(5_000 + 2 * smalls);
    const isGiant = (recipient: string) => recipient.endsWith('@d0.test');
    // One turn each is all that the last of the small ones waits for: of the giant, 100 recipients.
    expect(pool.wire.findLastIndex((recipient) => !isGiant(recipient))).toBeLessThan(100 * 2 + 3 * smalls);
    expect(pool.wire.slice(0, 100).every(isGiant)).toBe(true);
  });

  it('probes more than a hundred destinations at once', async () => {
    const { pool } = await drive(claimsOf(new Array<number>(150).fill(3)), { ...WIDE, answer: knowsUsers }, { hostOf: (domain) => Number(domain.slice(1, -5)) + 1 });
    expect(pool.peak).toBe(150);
  });

  it('leaves a session that has hardly room for another flight, where many wait', async () => {
    const refuses = (recipient: string) => (isRandom(recipient) || /user\d*[13579]@/.test(recipient) ? '550 5.1.1 User unknown' : '250 2.1.5 Ok');
    const { pool } = await drive(claimsOf([200]), { ...WIDE, maxFlight: 12, errorBudget: 13, connectionsPerTarget: 1, answer: refuses });
    const early = pool.flights.slice(0, -3);
    expect(Math.min(...early.map(({ recipients }) => recipients.length))).toBeGreaterThanOrEqual(2);
  });

  it('gives each address one outcome, within every bound, whatever servers do and in whatever order flights end', async () => {
    const failed = (code: SmtpFailure['code'], stage: SmtpFailure['stage'] = 'RCPT'): SmtpFailure => ({ code, stage, reply: null, detail: code });
    const fate = fc.constantFrom<string | SmtpFailure>(
      'as it is', 'as it is', 'as it is', '452 4.5.3 Too many recipients', '450 4.7.1 Greylisted', failed('Dropped'), failed('Timeout'), failed('ProtocolError'),
      { ...failed('SessionClosed', 'MAIL'), reply: { code: 550, enhanced: '5.7.1', text: 'Sender refused' } },
    );
    const bounds = fc.record({
      connectionsPerTarget: fc.integer({ min: 1, max: 4 }),
      maxFlight: fc.integer({ min: 1, max: 12 }),
      transactions: fc.integer({ min: 1, max: 6 }),
      recipientsPerTransaction: fc.constantFrom(1, 2, 100),
      errorBudget: fc.integer({ min: 1, max: 9 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 }), bounds, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 5 }),
        fc.array(fate, { minLength: 1, maxLength: 20 }), fc.array(fc.nat(50), { minLength: 1, maxLength: 20 }),
        async (sizes, limits, hosts, maxConnections, fates, picks) => {
          let turn = 0;
          const claims = claimsOf(sizes);
          const { pool, verdicts, ended, defects } = await drive(
            claims,
            {
              ...limits,
              answer: (recipient) => {
                const said = fates[(turn += 1) % fates.length] ?? '250 Ok';
                return said === 'as it is' ? knowsUsers(recipient) : said;
              },
            },
            { maxConnections, hostOf: (domain) => (Number(domain.slice(1, -5)) % hosts) + 1, pick: () => picks[turn % picks.length] ?? 0 },
          );
          expect(defects).toEqual([]);
          expect(verdicts.map(({ rowId }) => rowId).sort((a, b) => a - b)).toEqual(claims.flatMap(({ addresses }) => addresses.map(({ rowId }) => rowId)));
          expect(ended.sort((a, b) => a - b)).toEqual(claims.map(({ domainId }) => domainId));
          expect(pool.peak).toBeLessThanOrEqual(maxConnections);
          expect(pool.size).toBe(0);
          const randoms = new Set(pool.wire.filter(isRandom));
          expect(randoms.size).toBeLessThanOrEqual(claims.length);
        },
      ),
      { numRuns: 300 },
    );
  });
});
