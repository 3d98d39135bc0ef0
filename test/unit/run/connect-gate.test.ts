import { describe, expect, it } from 'vitest';
import { ConnectGate, HOSTS_UNTIL_BLOCKED } from '../../../electron/engine/run/connect-gate.ts';
import type { Evidence } from '../../../shared/verdict/evidence.ts';
import type { VerdictRecord } from '../../../electron/worker/interface.ts';

function record(rowId: number, evidence: Partial<Evidence>): VerdictRecord {
  return {
    rowId, reason: 'no_connect', score: 0, flags: [], didYouMean: null, reply: null, mx: null, checkedAtMs: 0, attempt: 1,
    retryAtMs: null, provisional: false, heard: 'nothing',
    evidence: [{ stage: 'CONNECT', code: null, enhanced: null, text: '', mxHost: null, ip: null, tls: null, atMs: 0, attempt: 1, ...evidence }],
  };
}

function gateWithLog() {
  const log: string[] = [];
  const gate = new ConnectGate({
    verdict: (verdict) => log.push(`verdict ${String(verdict.rowId)}`),
    end: (update) => log.push(`end ${String(update.domainId)}`),
    blocked: (hosts) => log.push(`blocked ${String(hosts)}`),
  });
  return { gate, log };
}

const ended = (domainId: number) => ({ domainId, catchAll: 'not_run', acceptedAny: false, random: null }) as const;

describe('ConnectGate', () => {
  it('holds back failed connects until one succeeds, then gives them out in order', () => {
    const { gate, log } = gateWithLog();
    gate.connect('127.0.0.1', false);
    gate.verdict(record(1, {}), 7);
    gate.end(ended(7));
    expect(log).toEqual([]);
    expect(gate.heldEnds).toBe(1);
    gate.connect('127.0.0.2', true);
    expect(log).toEqual(['verdict 1', 'end 7']);
    gate.verdict(record(2, {}), 8);
    expect(log).toEqual(['verdict 1', 'end 7', 'verdict 2']);
  });

  it('lets everything else pass: DNS verdicts and refusals in words', () => {
    const { gate, log } = gateWithLog();
    gate.verdict(record(1, { stage: 'DNS' }), 1);
    gate.verdict(record(2, { stage: 'CONNECT', code: 554 }), 2);
    gate.end(ended(1));
    expect(log).toEqual(['verdict 1', 'verdict 2', 'end 1']);
  });

  it('tells a blocked port after 20 different hosts, and then gives no verdict at all', () => {
    const { gate, log } = gateWithLog();
    gate.verdict(record(1, {}), 1);
    for (let i = 0; i < HOSTS_UNTIL_BLOCKED; i += 1) {
      gate.connect('127.0.0.1', false);
      gate.connect(`127.0.1.${String(i)}`, false);
    }
    gate.verdict(record(2, {}), 2);
    gate.end(ended(2));
    gate.release();
    expect(log).toEqual([`blocked ${String(HOSTS_UNTIL_BLOCKED)}`]);
  });

  it('never calls the port blocked once a host has connected', () => {
    const { gate, log } = gateWithLog();
    gate.connect('127.0.0.1', true);
    for (let i = 0; i < 50; i += 1) gate.connect(`127.0.1.${String(i)}`, false);
    expect(log).toEqual([]);
  });
});
