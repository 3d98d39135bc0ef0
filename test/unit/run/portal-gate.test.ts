import { describe, expect, it } from 'vitest';
import { MOST_HELD, PortalGate } from '../../../electron/engine/run/portal-gate.ts';
import type { VerdictRecord } from '../../../electron/worker/interface.ts';

function record(rowId: number, code: number | null = 550): VerdictRecord {
  return {
    rowId, reason: 'mailbox_not_found', score: 0, flags: [], didYouMean: null, reply: null, mx: null, checkedAtMs: 0, attempt: 1,
    retryAtMs: null, provisional: false, heard: 'recipient',
    evidence: [{ stage: 'RCPT', code, enhanced: null, text: '', mxHost: null, ip: null, tls: null, atMs: 0, attempt: 1 }],
  };
}

function gateWith(portalCheck?: () => Promise<string | null>) {
  const log: string[] = [];
  const gate = new PortalGate({
    portalCheck,
    verdict: ({ rowId }) => log.push(`verdict ${String(rowId)}`),
    end: ({ domainId }) => log.push(`end ${String(domainId)}`),
    portal: (found) => log.push(`portal ${found}`),
    released: () => undefined,
  });
  return { gate, log };
}

const ended = (domainId: number) => ({ domainId, catchAll: 'not_run', acceptedAny: false, random: null }) as const;
const never = () => Promise.reject(new Error('not to be asked'));
const settled = () => new Promise((resolve) => { setImmediate(resolve); });

describe('PortalGate', () => {
  it('holds verdicts until two unrelated servers greet differently, then gives them out in order', () => {
    const { gate, log } = gateWith(never);
    gate.greeted('mx.a.com', '1.1.1.1', '220 mx.a.com ESMTP');
    gate.verdict(record(1));
    gate.end(ended(7));
    expect(log).toEqual([]);
    expect(gate.heldEnds).toBe(1);
    gate.greeted('mx.b.com', '2.2.2.2', '220 mx.b.com ESMTP');
    expect(log).toEqual(['verdict 1', 'end 7']);
    gate.verdict(record(2));
    expect(log).toHaveLength(3);
  });

  it('drops what was said by somebody who answers for everybody', async () => {
    const { gate, log } = gateWith(() => Promise.resolve('found'));
    gate.greeted('mx.a.com', '1.1.1.1', '220 gw.hotel.test ESMTP');
    gate.verdict(record(1));
    gate.greeted('mx.b.com', '2.2.2.2', '220 gw.hotel.test ESMTP');
    expect(gate.checking).toBe(true);
    gate.verdict(record(2));
    await settled();
    gate.verdict(record(3));
    gate.end(ended(7));
    gate.release();
    expect(log).toEqual(['portal found']);
  });

  it.each([['nothing is found', () => Promise.resolve(null)], ['the check fails itself', () => Promise.reject(new Error('x'))]])('loses nothing where %s', async (_name, check) => {
    const { gate, log } = gateWith(check);
    gate.greeted('mx.a.com', '1.1.1.1', '220 shared.hoster.test ESMTP');
    gate.verdict(record(1));
    gate.greeted('mx.b.com', '2.2.2.2', '220 shared.hoster.test ESMTP');
    gate.end(ended(7));
    await settled();
    expect(log).toEqual(['verdict 1', 'end 7']);
  });

  it('takes two names of one machine, or of one owner, for one witness', () => {
    const { gate, log } = gateWith(never);
    gate.greeted('mx1.a.com', '1.1.1.1', '220 a ESMTP x.a.com');
    gate.greeted('mx2.a.com', '2.2.2.2', '220 other words');
    gate.greeted('mx.b.com', '1.1.1.1', '220 other words');
    gate.verdict(record(1));
    expect(log).toEqual([]);
  });

  it('lets pass what no server said, and holds only so much for one server', () => {
    const { gate, log } = gateWith(never);
    gate.verdict(record(1, null));
    expect(log).toEqual(['verdict 1']);
    for (let row = 0; row <= MOST_HELD; row += 1) gate.verdict(record(row));
    expect(log).toHaveLength(MOST_HELD + 2);
  });

  it('holds nothing where nobody watches', () => {
    const { gate, log } = gateWith();
    gate.verdict(record(1));
    gate.end(ended(7));
    expect(log).toEqual(['verdict 1', 'end 7']);
  });
});
