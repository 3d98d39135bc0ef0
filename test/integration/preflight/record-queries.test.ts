// Look-ups of any type against a scripted DNS server: what comes back, from whom it is believed, and that it ends.
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../electron/engine/clock.ts';
import { createRecordQueries } from '../../../electron/engine/dns/record-queries.ts';
import { a, cname, mx, startLabDns, zoneScript, type LabDnsServer, type LabScript } from '../../lab/dns-server.ts';

const servers: LabDnsServer[] = [];
afterEach(async () => { await Promise.all(servers.splice(0).map((server) => server.stop())); });

async function queriesOf(...scripts: readonly LabScript[]) {
  for (const script of scripts) servers.push(await startLabDns(script));
  return createRecordQueries({ servers: servers.map(({ server }) => server), timeoutMs: 600, clock: systemClock });
}

const txt = (name: string, data: string | string[]) => ({ type: 'TXT' as const, name, ttl: 60, data });

describe('record queries', () => {
  it('read each type', async () => {
    const records = await queriesOf(zoneScript([
      a('a.test', '192.0.2.7'), mx('a.test', 'second.test', 20), mx('a.test', 'First.test', 10), txt('a.test', ['v=spf1 ', '-all']),
      { type: 'PTR', name: '7.2.0.192.in-addr.arpa', ttl: 60, data: 'Host.Test' }, cname('b.test', 'a.test'), a('_under.test', '192.0.2.8'),
    ]));
    expect(await records.ask('a.test', 'A')).toEqual({ kind: 'records', values: ['192.0.2.7'] });
    expect(await records.ask('A.test', 'MX')).toEqual({ kind: 'records', values: ['first.test', 'second.test'] });
    expect(await records.ask('a.test', 'TXT')).toEqual({ kind: 'records', values: ['v=spf1 -all'] });
    expect(await records.ask('7.2.0.192.in-addr.arpa', 'PTR')).toEqual({ kind: 'records', values: ['host.test'] });
    expect(await records.ask('_under.test', 'A')).toEqual({ kind: 'records', values: ['192.0.2.8'] });
    expect(await records.ask('a.test', 'AAAA')).toEqual({ kind: 'nodata' });
    expect(await records.ask('none.test', 'TXT')).toEqual({ kind: 'nxdomain' });
  });

  it('follow a CNAME within the answer, and end on a loop', async () => {
    const records = await queriesOf(({ name }) => ({ answers: name === 'b.test' ? [cname('b.test', 'a.test'), a('a.test', '192.0.2.7')] : [cname('l.test', 'm.test'), cname('m.test', 'l.test')] }));
    expect(await records.ask('b.test', 'A')).toEqual({ kind: 'records', values: ['192.0.2.7'] });
    expect(await records.ask('l.test', 'A')).toEqual({ kind: 'nodata' });
  });

  it('believe only their own id and question, and wait for the true answer', async () => {
    const records = await queriesOf(({ id }) => [
      { id: (id + 1) & 0xffff, answers: [a('a.test', '192.0.2.1')] },
      { question: { type: 'A', name: 'other.test' }, answers: [a('other.test', '192.0.2.2')] },
      { raw: Buffer.from('garbage') },
      { answers: [a('other.test', '192.0.2.3'), a('a.test', '192.0.2.7')] },
    ]);
    expect(await records.ask('a.test', 'A')).toEqual({ kind: 'records', values: ['192.0.2.7'] });
  });

  it('go over TCP for what is cut', async () => {
    const long = 'x'.repeat(200);
    const records = await queriesOf(({ transport }) => (transport === 'udp' ? { truncated: true } : { answers: [txt('a.test', [long, long])] }));
    expect(await records.ask('a.test', 'TXT')).toEqual({ kind: 'records', values: [long + long] });
  });

  it('ask the next server where one is silent or will not say', async () => {
    const records = await queriesOf(() => [], () => ({ rcode: 'SERVFAIL' }), () => ({ answers: [a('a.test', '192.0.2.7')] }));
    expect(await records.ask('a.test', 'A')).toEqual({ kind: 'records', values: ['192.0.2.7'] });
  });

  it('end in time where nobody answers, at once where they are stopped, and never ask for what is no name', async () => {
    const records = await queriesOf(() => []);
    expect(await records.ask('a.test', 'A')).toMatchObject({ kind: 'failed' });
    const controller = new AbortController();
    const asked = records.ask('b.test', 'A', controller.signal);
    await servers[0]!.received(1);
    controller.abort();
    expect(await asked).toMatchObject({ kind: 'failed' });
    const before = servers[0]!.queries.length;
    for (const name of ['', '.', 'a..test', `${'x'.repeat(64)}.test`, 'a b.test', 'ä.test']) expect(await records.ask(name, 'TXT')).toMatchObject({ kind: 'failed' });
    expect(servers[0]!.queries).toHaveLength(before);
  });
});
