// The whole chain against one real server: a list file in, `winnow verify` with lab DNS and a store of its own, the
// exported verdicts held against who exists. 30 % of the people do not, spread over the list and over all domains.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../../../shared/settings/schema.ts';
import { a, mx, startLabDns, zoneScript } from '../../lab/dns-server.ts';
import { readCsv } from '../../lab/sample-expectations.ts';
import { runWinnow, temporaryFolder } from '../../lab/winnow.ts';

export interface Person {
  readonly address: string;
  readonly exists: boolean;
}

/** `count` people, in turn at each of the domains. */
export function people(count: number, domains: readonly string[]): readonly Person[] {
  return Array.from({ length: count }, (_, index) => ({
    address: `person${String(index)}@${domains[index % domains.length] ?? ''}`,
    exists: (index * 7) % 10 >= 3,
  }));
}

export function usersOf(asked: readonly Person[]): readonly string[] {
  return asked.filter(({ exists }) => exists).map(({ address }) => address);
}

export interface ChainOptions {
  readonly server: { readonly host: string; readonly port: number };
  readonly domains: readonly string[];
  readonly asked: readonly Person[];
  readonly settings?: Readonly<Partial<Record<keyof Settings, object>>>;
}

export interface ChainResult {
  readonly summary: {
    readonly scheduled: number;
    readonly pending: number;
    readonly scheduledReasons: Readonly<Record<string, number>>;
    readonly smtp: { readonly closedWith421: number; readonly connects: number };
  };
  /** Rows with a verdict that contradicts the truth, in words: whatever is called bad or good and is not. */
  readonly wrong: readonly string[];
  /** Rows without a verdict on the mailbox, by their reason. */
  readonly undecided: Readonly<Record<string, number>>;
}

export interface Chain {
  /** `winnow verify LIST …`; with `--resume` it goes on with the list. */
  verify(...options: readonly string[]): Promise<ChainResult>;
  close(): Promise<void>;
}

export async function openChain({ server, domains, asked, settings = {} }: ChainOptions): Promise<Chain> {
  const folder = temporaryFolder('winnow-real-');
  const dns = await startLabDns(zoneScript([...domains.map((domain) => mx(domain, 'mx.lab.test')), a('mx.lab.test', server.host)]));
  const file = (name: string): string => join(folder.dir, name);
  mkdirSync(file('store'));
  writeFileSync(file('list.csv'), `E-Mail,Exists\n${asked.map(({ address, exists }) => `${address},${String(exists)}\n`).join('')}`);
  writeFileSync(file('settings.json'), JSON.stringify({ identity: { heloName: 'winnow.lab.test', mailFrom: 'verify@one.test' }, ...settings }));
  let runs = 0;
  return {
    async verify(...options) {
      runs += 1;
      const out = file(`out-${String(runs)}.csv`);
      const { code, stdout, stderr } = await runWinnow([
        'verify', file('list.csv'), '--out', out, '--store', file('store'), '--settings', file('settings.json'),
        '--dns', `${dns.server.host}:${String(dns.server.port)}`, '--port', String(server.port), '--allow-loopback', '--json', ...options,
      ]);
      if (code !== 0 || stderr.includes('defect')) throw new Error(`winnow ended with ${String(code)}:\n${stderr}`);
      return { summary: JSON.parse(stdout) as ChainResult['summary'], ...judged(out, asked.length) };
    },
    async close() {
      await dns.stop();
      folder.remove();
    },
  };
}

function judged(out: string, expected: number): Pick<ChainResult, 'wrong' | 'undecided'> {
  const rows = readCsv(out);
  if (rows.length !== expected) throw new Error(`${String(expected)} rows went in, ${String(rows.length)} came out`);
  const wrong: string[] = [];
  const undecided: Record<string, number> = {};
  for (const row of rows) {
    const reason = row['winnow_reason'] ?? '';
    if (reason === (row['Exists'] === 'true' ? 'accepted' : 'mailbox_not_found')) continue;
    if (row['winnow_status'] === 'unknown') undecided[reason] = (undecided[reason] ?? 0) + 1;
    else wrong.push([row['E-Mail'], row['Exists'], reason, row['winnow_reply']].join(' '));
  }
  return { wrong, undecided };
}
