// Faults 47-53: name servers that are silent, lame, cut short, lying or full of garbage. Whatever they do, no address is
// called undeliverable, and a look-up ends by its one deadline.
import { encode, type Answer } from 'dns-packet';
import { systemClock } from '../../../electron/engine/clock.ts';
import { a, cname, mx, zoneScript, type LabAnswer, type LabQuery, type LabScript } from '../dns-server.ts';
import { cutBy } from './dns-noise.ts';
import { dnsFault } from './dns-fault-world.ts';
import type { Fault } from './fault.ts';

const HERE = '127.0.0.1';
const ELSEWHERE = '127.9.9.9';
const FIRM = [mx('firm.test', 'mx.test'), a('mx.test', HERE)];
const honest = zoneScript(FIRM);
const USER = 'user@firm.test';
const DAY_SEC = 86_400;
const CENTURY_SEC = 3_155_760_000;

type Pick = <T>(items: readonly T[]) => T;
const pickBy = (random: () => number): Pick => (items) => items[Math.floor(random() * items.length)] as (typeof items)[number];

const lying = (query: LabQuery): LabAnswer => (query.type === 'MX' ? { answers: [mx(query.name, 'mx.evil.test')] } : { answers: [a(query.name, ELSEWHERE)] });

/** Answers that are not the answer. */
const FORGERIES: readonly ((query: LabQuery) => LabAnswer)[] = [
  (query) => ({ ...lying(query), id: query.id ^ 1 }),
  (query) => ({ ...lying(query), question: { name: 'other.test', type: 'A' } }),
  (query) => ({ answers: query.type === 'MX' ? [mx('other.test', 'mx.evil.test')] : [a('other.test', ELSEWHERE)] }),
  (query) => ({ ...lying(query), question: null }),
  (query) => ({ rcode: 'NXDOMAIN', id: query.id ^ 0x8000 }),
  (query) => ({ rcode: 'NXDOMAIN', question: { name: `not-${query.name}`, type: 'MX' } }),
];

/** With our id, so that it has to be read. */
function garbage(query: LabQuery, length: number, random: () => number): LabAnswer {
  const bytes = Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
  if (bytes.length >= 2) bytes.writeUInt16BE(query.id, 0);
  return { raw: bytes };
}

/** A true answer, cut somewhere or with some bytes changed. */
function damaged(query: LabQuery, random: () => number): LabAnswer {
  const bytes = encode({ type: 'response', id: query.id, questions: [{ name: query.name, type: query.type as 'MX' }], answers: [mx(query.name, 'mx.test')] });
  const head = 12 + query.name.length + 6;
  if (random() < 0.5) return { raw: bytes.subarray(0, head + Math.floor(random() * (bytes.length - head - 1))) };
  // The counts promise more than there is.
  bytes.writeUInt16BE(2 + Math.floor(random() * 60_000), 6 + 2 * Math.floor(random() * 3));
  return { raw: bytes };
}

const tcpOnly = (overTcp: LabScript): LabScript => (query) => (query.transport === 'udp' ? { truncated: true, answers: [] } : overTcp(query));

export const DNS_TRANSPORT_FAULTS: readonly Fault[] = [
  dnsFault(47, 'dns-silence', () => ({ dns: [() => []], silent: true, expected: { [USER]: 'dns_temporary', 'user@other.test': 'dns_temporary' } })),
  dnsFault(47, 'dns-silence-half-way', (random) => {
    const silentFor = pickBy(random)(['A', 'AAAA', 'second', 'alias'] as const);
    return {
      dns: [(query) => {
        // Each step answers in time, and all of them together do not.
        if (silentFor === 'alias') return query.name === 'firm.test' ? { answers: [cname('firm.test', 'x.test')] } : [];
        if (silentFor === 'second') return query.type === 'MX' ? { rcode: 'NXDOMAIN' } : [];
        return query.type === silentFor ? [] : honest(query);
      }],
      silent: silentFor !== 'AAAA',
      settings: silentFor === 'AAAA' ? { dns: { timeoutMs: 1_000 } } : {},
      // Where only the IPv6 address is not told, the other one will do.
      expected: { [USER]: silentFor === 'AAAA' ? ['accepted'] : ['dns_temporary'] },
    };
  }),
  dnsFault(47, 'dns-silence-of-the-first', () => ({ dns: [() => [], honest], expected: { [USER]: 'accepted' } })),
  dnsFault(48, 'servfail', (random) => {
    const rcode = pickBy(random)(['SERVFAIL', 'REFUSED'] as const);
    return { dns: [() => ({ rcode })], expected: { [USER]: 'dns_temporary' } };
  }),
  dnsFault(48, 'servfail-second-asked', (random) => {
    const rcode = pickBy(random)(['SERVFAIL', 'REFUSED'] as const);
    return { dns: [() => ({ rcode }), honest], expected: { [USER]: 'accepted' } };
  }),
  dnsFault(48, 'lame-delegation', (random) => {
    const lame: LabScript = () => ({ authoritative: false, authorities: [{ type: 'NS', name: 'test', ttl: 300, data: 'ns.test' }] });
    const second = random() < 0.5;
    return { dns: second ? [lame, honest] : [lame], expected: { [USER]: second ? 'accepted' : 'dns_temporary' } };
  }),
  dnsFault(49, 'truncated', (random) => {
    const cutAlso = random() < 0.5 ? FIRM : [];
    return {
      dns: [(query) => (query.transport === 'udp' ? { truncated: true, answers: cutAlso.filter(({ name }) => name === query.name) } : honest(query))],
      expected: { [USER]: 'accepted' },
      problems: ({ dns }) => ((dns[0]?.queries ?? []).some(({ transport }) => transport === 'tcp') ? [] : ['TCP was not asked']),
    };
  }),
  dnsFault(49, 'truncated-tcp-hangs', (random) => {
    const script = pickBy(random)<LabScript>([() => [], () => ({ truncated: true }), () => ({ raw: Buffer.alloc(0) })]);
    return { dns: [tcpOnly(script)], silent: true, expected: { [USER]: 'dns_temporary' } };
  }),
  dnsFault(49, 'truncated-tcp-stops-in-the-middle', (random) => {
    const cut = cutBy(random);
    const closes = random() < 0.5;
    return {
      dns: [tcpOnly(honest)],
      silent: true,
      // All but the end, and then silence or FIN.
      cut: (bytes) => [...cut(bytes.subarray(0, 1 + Math.floor(random() * (bytes.length - 1)))), ...(closes ? [null] : [])],
      expected: { [USER]: 'dns_temporary' },
    };
  }),
  dnsFault(50, 'forged-then-true', (random) => {
    const forge = pickBy(random)(FORGERIES);
    return { dns: [(query) => [forge(query), honest(query) as LabAnswer]], plain: true, expected: { [USER]: 'accepted' } };
  }),
  dnsFault(50, 'forged-only', (random) => ({ dns: [pickBy(random)(FORGERIES)], plain: true, silent: true, expected: { [USER]: 'dns_temporary' } })),
  dnsFault(51, 'garbage', (random) => {
    const way = random();
    return {
      dns: [(query) => (way < 0.5 ? garbage(query, Math.floor(random() * 4_000), random) : damaged(query, random))],
      plain: true,
      silent: true,
      expected: { [USER]: 'dns_temporary' },
    };
  }),
  dnsFault(51, 'garbage-over-tcp', (random) => ({
    dns: [tcpOnly((query) => garbage(query, Math.floor(random() * 70_000), random))],
    plain: true,
    silent: true,
    expected: { [USER]: 'dns_temporary' },
  })),
  dnsFault(51, 'huge-answer', () => {
    // 1,500 hosts in 60 KB: read over TCP, and no more than five addresses are tried.
    const many: Answer[] = Array.from({ length: 1_500 }, (_, index) => mx('firm.test', `mx${String(index)}.firm.test`, index));
    return {
      dns: [(query) => (query.type === 'MX' ? (query.transport === 'udp' ? { truncated: true } : { answers: many }) : query.type === 'A' ? { answers: [a(query.name, `127.9.${String(query.name.length)}.${String(1 + Number(/\d+/.exec(query.name)?.[0] ?? 0) % 250)}`)] } : {})],
      expected: { [USER]: 'no_connect' },
      problems: ({ pool, resolver }) => [
        ...(pool.stats().connects <= 5 ? [] : [`${String(pool.stats().connects)} addresses tried`]),
        ...(resolver.stats().queries < 100 ? [] : [`${String(resolver.stats().queries)} questions asked`]),
      ],
    };
  }),
  dnsFault(52, 'ttl-zero-and-century', (random) => {
    const ttl = pickBy(random)([0, 1, CENTURY_SEC, 0xffff_ffff]);
    let laterMs = 0;
    const clock = { ...systemClock, monotonicMs: () => systemClock.monotonicMs() + laterMs };
    return {
      dns: [zoneScript([mx('firm.test', 'mx.test', 10, ttl), a('mx.test', HERE, ttl)])],
      clock,
      // That there is no IPv6 address has a lifetime of its own.
      settings: { smtp: { ipv6: false } },
      expected: { [USER]: 'accepted' },
      problems: ({ resolver }) => {
        const keptSec = ttl < 30 ? 30 : DAY_SEC;
        const knownAfter = (sec: number): boolean => {
          laterMs = sec * 1_000;
          return resolver.lookupNow('firm.test') !== null;
        };
        return [
          ...(knownAfter(keptSec - 5) ? [] : [`forgotten before ${String(keptSec)} s`]),
          ...(knownAfter(keptSec + 5) ? [`known for more than ${String(keptSec)} s`] : []),
        ];
      },
    };
  }),
  dnsFault(53, 'hijacking-resolver', (random) => {
    // Names that do not exist get the advertising server; some of these resolvers say NXDOMAIN to an MX question.
    const nxForMx = random() < 0.5;
    const hijacker: LabScript = (query) => {
      const answer = honest(query) as LabAnswer;
      if (answer.rcode !== 'NXDOMAIN') return answer;
      if (query.type === 'A') return { answers: [a(query.name, HERE)] };
      return nxForMx ? answer : {};
    };
    return {
      dns: [hijacker],
      checkHijacking: true,
      expected: { [USER]: 'accepted', 'user@gone.test': 'dns_temporary' },
      problems: ({ store }) => ((store.verdictOf('user@gone.test')?.reply ?? '').includes('names that do not exist') ? [] : ['the words do not tell']),
    };
  }),
];
