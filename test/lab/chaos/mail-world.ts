// The mail servers and the DNS that a killed verification asks: hosts of six kinds, each with its own way of answering,
// always the same answer for the same recipient. Counts what was asked for whom; never forgets, whoever was killed.
import { startLabDns, a, mx, zoneScript } from '../dns-server.ts';
import { startSmtpServer, type LabServer } from '../smtp-server.ts';

export interface MailWorld {
  readonly dnsPort: number;
  readonly smtpPort: number;
  /** RCPT commands by recipient, the random ones too. */
  readonly asked: ReadonlyMap<string, number>;
  readonly recipients: number;
  readonly violations: readonly string[];
  onRecipient(heard: () => void): () => void;
  stop(): Promise<void>;
}

/** By the number of the domain, in turn. */
const KINDS = ['plain', 'catch_all', 'bare', 'greylisting', 'full', 'silent_refusal'] as const;
type Kind = (typeof KINDS)[number];

const LOCAL_PARTS = 2_000_000;

/** The address of row `row` (from 1), spread over so many domains; every fifth is of nobody. */
export function addressOf(row: number, domains: number): string {
  return `${row % 5 === 0 ? 'nobody' : 'person'}${String(row % LOCAL_PARTS)}@d${String(row % domains)}.test`;
}

export async function startMailWorld(domains: number): Promise<MailWorld> {
  const asked = new Map<string, number>();
  const listeners = new Set<() => void>();
  let recipients = 0;

  const answer = (kind: Kind, command: string): string | undefined => {
    const address = /^RCPT TO:<([^>]*)>/i.exec(command)?.[1];
    if (address === undefined) return undefined;
    const times = (asked.get(address) ?? 0) + 1;
    asked.set(address, times);
    recipients += 1;
    for (const heard of listeners) heard();
    return replyOf(kind, address, times);
  };

  const servers: LabServer[] = [];
  for (const [index, kind] of KINDS.entries()) {
    servers.push(await startSmtpServer({ ip: hostOf(index), port: servers[0]?.port ?? 0, answer: (command) => answer(kind, command) }));
  }
  const records = [
    ...KINDS.map((_, index) => a(nameOf(index), hostOf(index))),
    ...Array.from({ length: domains }, (_, domain) => mx(`d${String(domain)}.test`, nameOf(domain % KINDS.length))),
  ];
  const dns = await startLabDns(zoneScript(records));
  return {
    dnsPort: dns.server.port,
    smtpPort: servers[0]?.port ?? 0,
    asked,
    get recipients() {
      return recipients;
    },
    get violations() {
      return servers.flatMap((server) => server.violations);
    },
    onRecipient(heard) {
      listeners.add(heard);
      return () => listeners.delete(heard);
    },
    async stop() {
      await dns.stop();
      for (const server of servers) await server.stop();
    },
  };
}

function replyOf(kind: Kind, address: string, times: number): string {
  const exists = address.startsWith('person');
  if (kind === 'catch_all') return ACCEPTED;
  // By recipient, and not for the random one: the order of the attempts must not matter for what comes of them.
  if (kind === 'greylisting' && times === 1 && /^(?:person|nobody)\d*3/.test(address)) return '451 4.7.1 Greylisting in action, please come back later\r\n';
  if (kind === 'full' && exists && address.includes('7')) return '552 5.2.2 Mailbox full\r\n';
  if (exists) return ACCEPTED;
  // Neither an enhanced code nor telling words: evidence only where somebody of the domain was accepted.
  if (kind === 'bare') return '550 Requested action not taken\r\n';
  if (kind === 'silent_refusal') return '550 5.1.1\r\n';
  return '550 5.1.1 No such user here\r\n';
}

const ACCEPTED = '250 2.1.5 Ok\r\n';

function hostOf(index: number): string {
  return `127.0.9.${String(index + 1)}`;
}

function nameOf(index: number): string {
  return `mx${String(index)}.test`;
}
