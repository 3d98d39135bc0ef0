import { describe, expect, it } from 'vitest';
import { askConfirmed } from '../../../electron/engine/dns/ask-confirmed.ts';
import type { DnsResult, QueryType } from '../../../electron/engine/dns/dns-answer.ts';
import type { Asked } from '../../../electron/engine/dns/question.ts';

const NXDOMAIN: DnsResult = { kind: 'nxdomain', ttlSec: 60 };
const NODATA: DnsResult = { kind: 'nodata', ttlSec: 60 };
const FAILED: DnsResult = { kind: 'failed', detail: 'SERVFAIL from 192.0.2.53' };
const RECORDS: DnsResult = { kind: 'records', mx: [{ preference: 1, exchange: 'mx.test' }], ips: [], ttlSec: 60 };

async function ask(type: QueryType, ...answers: readonly DnsResult[]) {
  const asked: string[] = [];
  const resolver = {
    ask: (question: Asked, startAt: number) => {
      expect(question.deadlineMs).toBe(8_000);
      asked.push(`${question.type} ${question.name} ${startAt}`);
      question.settle(answers[asked.length - 1] ?? FAILED);
    },
    stats: () => ({ queries: 0, tcpQueries: 0, silent: 0, failed: 0 }),
    close: () => undefined,
  };
  const result = await new Promise<DnsResult>((resolve) => { askConfirmed(resolver, { name: 'a.test', type, deadlineMs: 8_000, settle: resolve }); });
  return { result, asked };
}

describe('askConfirmed', () => {
  it.each([RECORDS, NODATA, FAILED])('asks no second time for $kind', async (answer) => {
    expect(await ask('MX', answer)).toEqual({ result: answer, asked: ['MX a.test 0'] });
  });

  it('believes NXDOMAIN only when the next server says it too', async () => {
    expect(await ask('MX', NXDOMAIN, NXDOMAIN)).toEqual({ result: NXDOMAIN, asked: ['MX a.test 0', 'A a.test 1'] });
  });

  it('says nothing where the second query fails', async () => {
    expect((await ask('MX', NXDOMAIN, FAILED)).result).toEqual({ kind: 'failed', detail: 'NXDOMAIN not confirmed: SERVFAIL from 192.0.2.53' });
  });

  it('asks the server that knows the name for what was wanted', async () => {
    expect(await ask('MX', NXDOMAIN, NODATA, RECORDS)).toEqual({ result: RECORDS, asked: ['MX a.test 0', 'A a.test 1', 'MX a.test 1'] });
    expect((await ask('A', NXDOMAIN, NODATA)).result).toEqual(NODATA);
  });

  it('takes NXDOMAIN for one type of a name that exists for "no such record"', async () => {
    expect((await ask('MX', NXDOMAIN, NODATA, NXDOMAIN)).result).toEqual(NODATA);
  });
});
