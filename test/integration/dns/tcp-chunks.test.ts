// However TCP cuts an answer, it is read the same; whatever bytes come instead, nothing throws and the question ends.
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../electron/engine/clock.ts';
import { readMessage } from '../../../electron/engine/dns/dns-message.ts';
import { tcpQuery } from '../../../electron/engine/dns/tcp-query.ts';
import { mx, startLabDns, type LabAnswer, type LabDnsServer } from '../../lab/dns-server.ts';

const TTL = { minTtlSec: 30, maxTtlSec: 86_400, defaultTtlSec: 300 };
const ID = 4711;
const QUESTION = { name: 'firm.test', type: 'MX' } as const;

let server: LabDnsServer | null = null;
let answer: LabAnswer = {};
let cut: (bytes: Buffer) => readonly (Buffer | null)[] = (bytes) => [bytes];

afterEach(async () => {
  await server?.stop();
  server = null;
});

async function ask(): Promise<unknown> {
  server ??= await startLabDns(() => answer, '127.0.0.1', (bytes) => cut(bytes));
  return tcpQuery({ server: server.server, question: QUESTION, id: ID, timeoutMs: 60_000, clock: systemClock, ttl: TTL }).reading;
}

/** Places at which to cut, as shares of the whole. */
const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

function partsOf(bytes: Buffer, shares: readonly number[]): Buffer[] {
  const places = [...new Set(shares.map((share) => Math.round(share * bytes.length)))].sort((one, other) => one - other);
  return [...places, bytes.length].map((end, index) => bytes.subarray(index === 0 ? 0 : places[index - 1], end)).filter((part) => part.length > 0);
}

describe('an answer over TCP', () => {
  it('is read the same, however it is cut', async () => {
    const hosts = Array.from({ length: 40 }, (_, preference) => ({ preference, exchange: `mx${String(preference)}.firm.test` }));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 40 }), cuts, async (count, shares) => {
        answer = { answers: hosts.slice(0, count).map(({ exchange, preference }) => mx('firm.test', exchange, preference)) };
        cut = (bytes) => partsOf(bytes, shares);
        expect(await ask()).toMatchObject({ kind: 'answer', answer: { kind: 'records', mx: hosts.slice(0, count) } });
      }),
      { numRuns: 100 },
    );
  });

  it('of any bytes is what a datagram of them would be, or no answer; a connection that ends early is none', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 2, maxLength: 600 }), cuts, fc.boolean(), async (bytes, shares, early) => {
        const raw = Buffer.from(bytes);
        raw.writeUInt16BE(ID, 0);
        answer = { raw };
        cut = (whole) => [...partsOf(early ? whole.subarray(0, whole.length - 1) : whole, shares), ...(early ? [null] : [])];
        const same = readMessage(raw, ID, QUESTION, TTL);
        const reading = await ask();
        if (early) expect(reading).toEqual({ kind: 'unreachable', detail: 'connection closed' });
        else if (same.kind === 'foreign' || same.kind === 'truncated') expect(reading).toMatchObject({ kind: 'refused' });
        else expect(reading).toEqual(same);
      }),
      { numRuns: 150 },
    );
  });
});
