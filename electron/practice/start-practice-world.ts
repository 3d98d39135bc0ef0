// Starts the practice world: its DNS server and its MX hosts, in this process and on loopback only.
// Always holds: every MX host listens on its own 127.77.x.y address, all on one port; nothing listens at the dead host's
// address; after `stop` (or a failed start) no socket and no timer of it is left. Dials nobody.
import { createServer, type Server, type Socket } from 'node:net';
import { startDnsServer } from './dns-server.ts';
import { PERSONALITIES } from './personalities.ts';
import { postfix } from './behaviours/postfix.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import { IMPOSSIBLE_IP, PREFLIGHT_VISITS, wayOf, type WayTo } from './scenarios.ts';
import { servePracticeSession, type PracticeHost } from './smtp-session.ts';
import type { PracticeOptions, PracticeWorld } from './types.ts';
import { practiceZone } from './zone.ts';
import { listen } from './listen.ts';

const DNS_IP = '127.77.0.1';
/** The product's scale: a greylister's five minutes become three seconds. */
const DEFAULT_TIME_SCALE = 0.01;
const PORT_TRIES = 20;

export async function startPracticeWorld({ timeScale = DEFAULT_TIME_SCALE, scenario = 'all_good' }: PracticeOptions = {}): Promise<PracticeWorld> {
  const recorder = createRecorder();
  const way = wayOf(scenario);
  const hosts = practiceHosts(timeScale, recorder, way);
  const smtp = await listenOnOnePort(hosts);
  if (way.closed) await smtp.stop();
  try {
    const dns = await startDnsServer(DNS_IP, practiceZone(scenario), () => {
      recorder.dnsQuery();
    });
    return {
      dns: { host: DNS_IP, port: dns.port },
      smtpPort: smtp.port,
      preflight: { visits: PREFLIGHT_VISITS, impossibleIp: IMPOSSIBLE_IP },
      record: () => recorder.record(),
      stop: async () => {
        await Promise.all([smtp.stop(), dns.stop()]);
      },
    };
  } catch (error) {
    await smtp.stop();
    throw error;
  }
}

/** One host an address. Hosts of one personality share its behaviour's state, as a provider's machines do. */
function practiceHosts(timeScale: number, recorder: Recorder, way: WayTo): ReadonlyMap<string, PracticeHost> {
  const scaled = (ms: number): number => ms * timeScale;
  const hosts = new Map<string, PracticeHost>();
  for (const { behaviour, domains, mx } of PERSONALITIES) {
    if (behaviour === null) continue;
    const shared = behaviour({ scaled, nowMs: () => performance.now() });
    for (const { ip, name } of mx) {
      const before = hosts.get(ip);
      const serves = new Set([...(before?.serves ?? []), ...domains]);
      hosts.set(ip, { mxName: before?.mxName ?? name, serves, behaviour: before?.behaviour ?? shared, scaled, recorder, way });
    }
  }
  if (way.everywhere) hosts.set(IMPOSSIBLE_IP, { mxName: 'nobody.test', serves: new Set(), behaviour: postfix(), scaled, recorder, way });
  return hosts;
}

interface Listening {
  readonly port: number;
  stop(): Promise<void>;
}

/** The first host takes a free port and the others follow; where one of them cannot have it, all start over. */
async function listenOnOnePort(hosts: ReadonlyMap<string, PracticeHost>): Promise<Listening> {
  for (let attempt = 1; ; attempt += 1) {
    const servers: Server[] = [];
    const sockets = new Set<Socket>();
    const stop = async (): Promise<void> => {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    };
    let port = 0;
    try {
      for (const [ip, host] of hosts) {
        const server = createServer((socket) => {
          sockets.add(socket);
          socket.on('close', () => sockets.delete(socket));
          servePracticeSession(socket, host);
        });
        port = await listen(server, ip, port);
        servers.push(server);
      }
      return { port, stop };
    } catch (error) {
      await stop();
      const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!taken || attempt >= PORT_TRIES) throw error;
    }
  }
}
