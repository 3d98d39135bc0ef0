// Whether a mail server could complain of us: a real Postfix with its defaults behind a delaying proxy, and what it saw of
// `winnow verify` with the polite defaults, by the proxy's transcript and by Postfix's own log. 30 % of the addresses do
// not exist. Beside it, over the same proxy in the same run, a naive client with a connection for each address, on a
// sample of the same list. A second, short run has a rule of the user's own for fewer connections.
// Where Postfix cannot be started it fails and says so.
import { startLabDns, a, mx, zoneScript } from '../lab/dns-server.ts';
import { startPostfix } from '../lab/postfix.ts';
import type { BenchmarkCheck, BenchmarkResult } from './benchmark.ts';
import { runList, type Person } from './politeness/list-run.ts';
import { readMailLog } from './politeness/mail-log.ts';
import { startWatchedProxy, type Sight } from './politeness/watched-proxy.ts';
import { ask } from './probe/naive-side.ts';

const ADDRESSES = 5_000;
const SAMPLE = 400;
const RULED = 1_000;
const DOMAINS = ['one.test', 'two.test', 'three.test', 'four.test', 'five.test'];
const UNKNOWN_OF_TEN = 3;
const ROUND_TRIP_MS = 50;
/** The default of `smtp.maxConnectionsPerDestination`, and what the naive client gets. */
const CONNECTIONS = 10;
const RULE = { mxPattern: 'mx.lab.test', maxConnections: 3 };
const IDENTITY = { heloName: 'winnow.lab.test', mailFrom: 'verify@one.test' };

const PEOPLE: readonly Person[] = Array.from({ length: ADDRESSES }, (_, index) => ({
  address: `person${String(index)}@${DOMAINS[index % DOMAINS.length] ?? ''}`,
  exists: (index * 7) % 10 >= UNKNOWN_OF_TEN,
}));
const LISTED: ReadonlySet<string> = new Set(PEOPLE.map(({ address }) => address));

export async function politeness(): Promise<BenchmarkResult> {
  const postfix = await startPostfix({ domains: DOMAINS, users: PEOPLE.filter(({ exists }) => exists).map(({ address }) => address) });
  const target = { ip: postfix.host, port: postfix.port };
  const proxies = { naive: await startWatchedProxy(target, ROUND_TRIP_MS), winnow: await startWatchedProxy(target, ROUND_TRIP_MS), ruled: await startWatchedProxy(target, ROUND_TRIP_MS) };
  const dns = await startLabDns(zoneScript([...DOMAINS.map((domain) => mx(domain, RULE.mxPattern)), a(RULE.mxPattern, proxies.winnow.ip)]));
  try {
    const shared = { dns: dns.server };
    const winnow = await runList({ ...shared, people: PEOPLE, smtpPort: proxies.winnow.port, settings: { identity: IDENTITY } });
    const mailLog = readMailLog(postfix.log());
    const ruled = await runList({ ...shared, people: PEOPLE.slice(0, RULED), smtpPort: proxies.ruled.port, settings: { identity: IDENTITY, destinations: [RULE] } });
    const naive = await runNaive(PEOPLE.slice(0, SAMPLE), proxies.naive);
    const sight = { winnow: proxies.winnow.sight(LISTED), ruled: proxies.ruled.sight(LISTED), naive: proxies.naive.sight(LISTED) };
    const winnowPerSecond = rate(ADDRESSES, winnow.elapsedMs);
    const naivePerSecond = rate(SAMPLE, naive.elapsedMs);
    return {
      checks: [
        { name: 'addresses a second, beside a naive client', value: round(winnowPerSecond / naivePerSecond), unit: 'times', op: '>=', bar: 10 },
        ...checksOf(sight.winnow, sight.ruled),
        { name: 'complaints in Postfix’s own log', value: mailLog.complaints, unit: 'lines', op: '==', bar: 0 },
        { name: 'verdicts that are not right', value: winnow.notRight + ruled.notRight, unit: 'addresses', op: '==', bar: 0 },
      ],
      details: {
        addresses: ADDRESSES, unknownShare: UNKNOWN_OF_TEN / 10, domains: DOMAINS.length, roundTripMs: ROUND_TRIP_MS, connections: CONNECTIONS, sample: SAMPLE,
        time: 'of Winnow the whole command, from the import to the export; of the naive client from the first connect to the last reply',
        winnowPerSecond, naivePerSecond,
        // A second each, over all connections: a guess at the ratio where Postfix' queue manager keeps up.
        timesWithoutInFlowDelays: round(
          rate(ADDRESSES, winnow.elapsedMs - (sight.winnow.repliesInFlowDelay * 1_000) / CONNECTIONS) /
            rate(SAMPLE, naive.elapsedMs - (sight.naive.repliesInFlowDelay * 1_000) / CONNECTIONS),
        ),
        sight, mailLog, winnow, ruled: { rule: RULE, ...ruled }, naive,
      },
    };
  } finally {
    await Promise.all([dns.stop(), ...Object.values(proxies).map(async (proxy) => proxy.stop())]);
    await postfix.stop();
  }
}

function checksOf(winnow: Sight, ruled: Sight): BenchmarkCheck[] {
  const sum = (of: (sight: Sight) => number): number => of(winnow) + of(ruled);
  const most = (of: (sight: Sight) => number): number => Math.max(of(winnow), of(ruled));
  const above = Math.max(0, winnow.peakConnections - CONNECTIONS) + Math.max(0, ruled.peakConnections - RULE.maxConnections);
  return [
    { name: '421s met', value: sum(({ closedWith421 }) => closedWith421), unit: 'replies', op: '==', bar: 0 },
    { name: 'replies slowed by errors', value: sum(({ repliesSlowed }) => repliesSlowed), unit: 'replies', op: '==', bar: 0 },
    { name: 'refused recipients a session', value: most(({ mostRefusedInASession }) => mostRefusedInASession), unit: 'recipients', op: '<=', bar: 9 },
    { name: 'random recipients a domain while the answer is fresh', value: most(({ mostRandomRecipientsADomain }) => mostRandomRecipientsADomain), unit: 'recipients', op: '<=', bar: 1 },
    { name: 'connections above a rule’s', value: above, unit: 'connections', op: '==', bar: 0 },
    { name: 'DATA and other commands that a probe must never send', value: sum(({ forbiddenCommands }) => forbiddenCommands), unit: 'commands', op: '==', bar: 0 },
  ];
}

async function runNaive(people: readonly Person[], { ip, port }: { readonly ip: string; readonly port: number }): Promise<{ readonly elapsedMs: number; readonly right: number }> {
  let next = 0;
  let right = 0;
  const startedMs = performance.now();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      for (let person = people[next]; person !== undefined; person = people[next]) {
        next += 1;
        if ((await ask(ip, port, person.address)) === (person.exists ? 'deliverable' : 'undeliverable')) right += 1;
      }
    }),
  );
  return { elapsedMs: Math.round(performance.now() - startedMs), right };
}

const rate = (addresses: number, ms: number): number => Math.round((addresses / ms) * 100_000) / 100;
const round = (value: number): number => Math.round(value * 100) / 100;
