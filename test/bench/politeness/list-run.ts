// One `winnow verify` of the politeness benchmark: its people, its files, and its verdicts held against who exists.
// The program runs in a process of its own, as a user starts it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCsv } from '../../lab/sample-expectations.ts';
import { runWinnow, temporaryFolder } from '../../lab/winnow.ts';

export interface Person {
  readonly address: string;
  readonly exists: boolean;
}

export interface ListRunOptions {
  readonly people: readonly Person[];
  readonly dns: { readonly host: string; readonly port: number };
  readonly smtpPort: number;
  readonly settings: object;
}

export interface ListRunFigures {
  /** Of the whole command: import, look-ups, asking, verdicts committed, export. */
  readonly elapsedMs: number;
  readonly right: number;
  readonly notRight: number;
  /** What the pool says of itself. */
  readonly smtp: object;
}

export async function runList({ people, dns, smtpPort, settings }: ListRunOptions): Promise<ListRunFigures> {
  const folder = temporaryFolder('winnow-bench-politeness-');
  const file = (name: string): string => join(folder.dir, name);
  try {
    mkdirSync(file('store'));
    writeFileSync(file('list.csv'), `E-Mail,Exists\n${people.map(({ address, exists }) => `${address},${String(exists)}\n`).join('')}`);
    writeFileSync(file('settings.json'), JSON.stringify(settings));
    const { code, stdout, stderr } = await runWinnow([
      'verify', file('list.csv'), '--out', file('out.csv'), '--store', file('store'), '--settings', file('settings.json'),
      '--dns', `${dns.host}:${String(dns.port)}`, '--port', String(smtpPort), '--allow-loopback', '--json',
    ]);
    if (code !== 0) throw new Error(`winnow ended with ${String(code)}:\n${stderr}`);
    const summary = JSON.parse(stdout) as { readonly elapsedMs: number; readonly smtp: object };
    const rows = readCsv(file('out.csv'));
    const right = rows.filter((row) => row['winnow_reason'] === (row['Exists'] === 'true' ? 'accepted' : 'mailbox_not_found')).length;
    return { elapsedMs: summary.elapsedMs, right, notRight: people.length - right, smtp: summary.smtp };
  } finally {
    folder.remove();
  }
}
