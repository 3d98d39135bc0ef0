// Faults before a server says anything: rows 1, 2 and 38. Nobody is judged by them, and the next host is asked.
import { startSocksServer } from '../socks-server.ts';
import type { Fault } from './fault.ts';
import { drawPeople } from './people.ts';
import { freePort, smtpFault, type ScenarioHost } from './smtp-scenario.ts';

const CONNECT_MS = 30_000;

export const CONNECT_FAULTS: readonly Fault[] = [
  smtpFault(1, 'refused by all', (draw) => {
    const people = drawPeople(draw);
    const hosts = Array.from({ length: draw.between(1, 3) }, () => 'closed' as const);
    return { hosts, expected: people.everybody('no_connect'), inspect: ({ run }) => oneEach(run.dials.length, hosts.length * 4) };
  }),
  smtpFault(1, 'refused by the first', (draw) => {
    const hosts: ScenarioHost[] = [...Array.from({ length: draw.between(1, 2) }, () => 'closed' as const), {}];
    return { hosts, expected: drawPeople(draw).everybody('accepted') };
  }),
  smtpFault(2, 'black hole', (draw) => ({
    hosts: ['black_hole'],
    expected: drawPeople(draw).everybody('timeout'),
    smtp: { connectTimeoutMs: CONNECT_MS },
    deadlines: { dialMs: CONNECT_MS },
    inspect: ({ run }) => oneEach(run.dials.length, 1),
  })),
  smtpFault(2, 'black hole before a healthy host', (draw) => ({
    hosts: ['black_hole', {}],
    expected: drawPeople(draw, 40).everybody('accepted'),
    smtp: { connectTimeoutMs: CONNECT_MS },
    deadlines: { dialMs: CONNECT_MS },
    inspect: ({ run }) => oneEach(run.dials.filter((outcome) => outcome === 'ConnectTimeout').length, 1),
  })),
  smtpFault(38, 'proxy that refuses', async (draw) => {
    const proxy = await startSocksServer(draw.next() < 0.7 ? { refuseWith: draw.between(1, 8) } : { nonsense: 'HTTP/1.1 400 Bad Request\r\n\r\n' });
    return {
      hosts: [{}],
      expected: drawPeople(draw).everybody('no_connect'),
      smtp: { proxy: `socks5://${proxy.host}:${String(proxy.port)}` },
      inspect: ({ servers }) => neverDirect(servers),
      stop: () => proxy.stop(),
    };
  }),
  smtpFault(38, 'proxy that is not there', async (draw) => ({
    hosts: [{}],
    expected: drawPeople(draw).everybody('no_connect'),
    smtp: { proxy: `socks5://127.0.0.1:${String(await freePort('127.0.0.1'))}` },
    inspect: ({ servers }) => neverDirect(servers),
  })),
];

function oneEach(dials: number, most: number): string[] {
  return dials > most ? [`${String(dials)} dials to hosts that were set aside, at most ${String(most)} were right`] : [];
}

function neverDirect(servers: readonly { readonly sessions: readonly unknown[] }[]): string[] {
  return servers.some(({ sessions }) => sessions.length > 0) ? ['a host was dialled without the proxy'] : [];
}
