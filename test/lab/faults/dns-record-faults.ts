// Faults 39-46: what a zone says, or does not say, of who takes a domain's mail. All answers here are honest ones; what
// they mean is the point. The mail server behind them accepts everybody but `nobody` and the random recipient.
import type { Answer } from 'dns-packet';
import type { LabAnswer, LabScript } from '../dns-server.ts';
import { a, aaaa, cname, mx, soa, zoneScript } from '../dns-server.ts';
import { dnsFault } from './dns-fault-world.ts';
import { mixedCase } from './dns-noise.ts';
import type { Fault } from './fault.ts';

const HERE = '127.0.0.1';
/** On loopback, and nobody listens there. */
const DEAD = '127.9.9.9';
const LONGEST_CHAIN = 8;

/** Aliases from a name to another, in so many steps. */
function chain(from: string, to: string, steps: number): Answer[] {
  const nameOf = (step: number) => (step === 0 ? from : step === steps ? to : `${String(step)}.steps.test`);
  return Array.from({ length: steps }, (_, step) => cname(nameOf(step), nameOf(step + 1)));
}

/** The whole chain in one answer, as a resolver that follows it gives it. */
function followed(records: readonly Answer[]): LabScript {
  const zone = zoneScript(records);
  return (query) => {
    const answers: Answer[] = [];
    let { name } = query;
    for (let step = 0; step < 20; step += 1) {
      const found = (zone({ ...query, name }) as LabAnswer).answers ?? [];
      answers.push(...found.filter((record) => !answers.includes(record)));
      const [alias] = found;
      if (alias?.type !== 'CNAME') break;
      name = alias.data;
    }
    return answers.length === 0 ? zone(query) : { answers };
  };
}

const sideOf = (random: () => number) => (random() < 0.5 ? followed : zoneScript);

export const DNS_RECORD_FAULTS: readonly Fault[] = [
  dnsFault(39, 'nxdomain', () => ({
    dns: [zoneScript([])],
    expected: { 'user@gone.test': 'domain_not_found' },
    problems: ({ dns }) => ((dns[0]?.queries.length ?? 0) >= 2 ? [] : ['believed at the first answer']),
  }), { mayRefuse: true }),
  dnsFault(39, 'nxdomain-unconfirmed', () => ({
    dns: [zoneScript([]), () => ({ rcode: 'SERVFAIL' })],
    // The one that answers is asked again and says the same; from the other nothing can be had.
    expected: { 'user@gone.test': ['domain_not_found', 'dns_temporary'] },
    problems: ({ dns }) => ((dns[1]?.queries.length ?? 0) > 0 ? [] : ['the other server was not asked']),
  }), { mayRefuse: true }),
  dnsFault(39, 'nxdomain-contradicted', () => ({
    dns: [zoneScript([]), zoneScript([mx('firm.test', 'mx.test'), a('firm.test', HERE), a('mx.test', HERE)])],
    expected: { 'user@firm.test': ['accepted', 'dns_temporary'] },
  })),
  dnsFault(40, 'implicit-mx', (random) => ({
    dns: [zoneScript([random() < 0.5 ? a('firm.test', HERE) : aaaa('firm.test', '::1')])],
    ipv6Server: true,
    expected: { 'user@firm.test': 'accepted', 'nobody@firm.test': 'mailbox_not_found' },
    problems: ({ store }) => {
      const flags = store.verdictOf('user@firm.test')?.flags ?? [];
      return [...(flags.includes('implicit_mx') ? [] : ['not flagged as implicit']), ...(flags.includes('aliased_mx') ? ['flagged as an alias'] : [])];
    },
  }), { mayRefuse: true }),
  dnsFault(41, 'null-mx', () => ({
    dns: [zoneScript([mx('firm.test', '.', 0), a('firm.test', HERE)])],
    expected: { 'user@firm.test': 'null_mx' },
    problems: ({ pool }) => (pool.stats().connects === 0 ? [] : ['dialled']),
  }), { mayRefuse: true }),
  dnsFault(42, 'mx-to-cname', (random) => {
    const steps = 1 + Math.floor(random() * LONGEST_CHAIN);
    return {
      dns: [sideOf(random)([mx('firm.test', 'mx.test'), ...chain('mx.test', 'real.test', steps), a('real.test', HERE)])],
      expected: { 'user@firm.test': 'accepted' },
      problems: ({ store }) => (store.verdictOf('user@firm.test')?.flags.includes('aliased_mx') === true ? [] : ['not flagged as an alias']),
    };
  }),
  dnsFault(42, 'mx-to-cname-too-long', (random) => ({
    dns: [sideOf(random)([mx('firm.test', 'mx.test'), ...chain('mx.test', 'real.test', LONGEST_CHAIN + 1), a('real.test', HERE)])],
    expected: { 'user@firm.test': 'dns_temporary' },
  })),
  dnsFault(43, 'cname-loop', (random) => {
    const steps = 1 + Math.floor(random() * 4);
    const loop = [...chain('loop.test', 'loop.test', steps)];
    const [before, after] = random() < 0.5 ? ['firm.test', 'loop.test'] : ['loop.test', 'loop.test'];
    return {
      // Of the domain, of its MX host; from the first name on, or only later. An address beside it changes nothing.
      dns: [sideOf(random)([...loop, ...(before === after ? [] : [cname(before, after)]), mx('other.test', 'loop.test')])],
      expected: { [`user@${before}`]: 'dns_temporary', 'user@other.test': 'dns_temporary' },
    };
  }),
  dnsFault(44, 'mx-is-an-ip', (random) => {
    const literal = random() < 0.5 ? '93.184.216.34' : '127.0.0.1';
    return {
      dns: [zoneScript([mx('only.test', literal), mx('both.test', literal, 5), mx('both.test', 'mx.test', 10), a('mx.test', HERE), a(literal, HERE)])],
      expected: { 'user@only.test': 'unroutable_mx', 'user@both.test': 'accepted' },
      problems: ({ dns }) => (dns[0]?.asked(literal) === 0 ? [] : ['an address was looked up as a name']),
    };
  }, { mayRefuse: true }),
  dnsFault(45, 'mx-repeated', (random) => ({
    dns: [zoneScript([...Array.from({ length: 5 }, (_, index) => mx('firm.test', mixedCase('mx.test', random), index)), mx('firm.test', 'again.test', 9), a('mx.test', DEAD), a('again.test', DEAD)])],
    expected: { 'user@firm.test': 'no_connect' },
    problems: ({ pool, dns }) => [
      ...(pool.stats().connects === 1 ? [] : [`dialled ${String(pool.stats().connects)} times`]),
      ...(dns[0]?.asked('mx.test', 'A') === 1 ? [] : ['looked up more than once']),
    ],
  })),
  dnsFault(46, 'fifty-mx', (random) => {
    const names = Array.from({ length: 50 }, (_, index) => `mx${String(index)}.test`);
    const alive = random() < 0.5;
    return {
      dns: [zoneScript([
        ...names.map((name, index) => mx('firm.test', name, index < 5 ? 10 : 20)),
        ...names.map((name, index) => a(name, alive && index === 4 ? HERE : `127.9.0.${String(index + 1)}`)),
      ])],
      expected: { 'user@firm.test': alive ? 'accepted' : 'no_connect' },
      problems: ({ pool }) => (pool.stats().connects <= 5 ? [] : [`${String(pool.stats().connects)} addresses tried`]),
    };
  }),
  dnsFault(46, 'no-mail-server', () => ({
    dns: [(query) => ({ rcode: 'NOERROR', authorities: [soa()], ...(query.name === 'firm.test' ? {} : { rcode: 'NXDOMAIN' as const }) })],
    expected: { 'user@firm.test': 'no_mail_server' },
  }), { mayRefuse: true }),
];
