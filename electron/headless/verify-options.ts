// What `winnow verify` was asked to do, checked completely before anything is opened or written.
import { resolve } from 'node:path';
import { UserError } from '../../shared/errors.ts';
import { isStatus, STATUSES, type Status } from '../../shared/verdict/verdict.ts';
import { parseDnsServer } from '../engine/dns/parse-dns-server.ts';
import type { DnsServer } from '../engine/dns/types.ts';
import { parseOptions, parsePort } from './parse-options.ts';
import { storeDir } from './store-dir.ts';

export interface VerifyOptions {
  /** Absolute. */
  readonly listPath: string;
  readonly column: string | undefined;
  /** Absolute. */
  readonly out: string | undefined;
  readonly keep: readonly Status[] | undefined;
  readonly practice: boolean;
  readonly dns: DnsServer | undefined;
  readonly port: number | undefined;
  readonly allowLoopback: boolean;
  readonly settingsPath: string | undefined;
  readonly storeDir: string;
  readonly resume: boolean;
  readonly wait: boolean;
  readonly json: boolean;
}

const OPTIONS = {
  column: { type: 'string' },
  out: { type: 'string' },
  keep: { type: 'string' },
  practice: { type: 'boolean' },
  dns: { type: 'string' },
  port: { type: 'string' },
  'allow-loopback': { type: 'boolean' },
  settings: { type: 'string' },
  store: { type: 'string' },
  resume: { type: 'boolean' },
  wait: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

export function parseVerifyOptions(args: string[]): VerifyOptions {
  const { values, positionals } = parseOptions(args, OPTIONS);
  const [list, ...more] = positionals;
  if (list === undefined || list === '') throw new UserError('BadUsage', 'winnow verify needs the LIST to verify, a CSV file.');
  if (more.length > 0) throw new UserError('BadUsage', `winnow verify takes one LIST; "${String(more[0])}" is one too many.`);
  const practice = values.practice ?? false;
  if (practice && (values.dns !== undefined || values.port !== undefined || values['allow-loopback'] === true)) {
    throw new UserError('BadUsage', '--practice brings its own mail world; --dns, --port and --allow-loopback do not go with it.');
  }
  if (values.out === '') throw new UserError('BadUsage', '--out needs the name of a file.');
  return {
    listPath: resolve(list),
    column: values.column,
    out: values.out === undefined ? undefined : resolve(values.out),
    keep: values.keep === undefined ? undefined : parseKeep(values.keep),
    practice,
    dns: values.dns === undefined ? undefined : parseDnsServer(values.dns),
    port: values.port === undefined ? undefined : parsePort(values.port, '--port'),
    allowLoopback: values['allow-loopback'] ?? false,
    settingsPath: values.settings,
    storeDir: storeDir(values.store),
    resume: values.resume ?? false,
    wait: practice || (values.wait ?? false),
    json: values.json ?? false,
  };
}

function parseKeep(text: string): Status[] {
  const keep: Status[] = [];
  for (const part of text.split(',')) {
    const word = part.trim().toLowerCase();
    if (!isStatus(word)) throw new UserError('BadUsage', `--keep does not know "${part}". Statuses: ${STATUSES.join(', ')}.`);
    keep.push(word);
  }
  return keep;
}
