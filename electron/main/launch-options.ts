// What the command line asks of the app: lists to open, the practice world, or a lab to ask instead of the Internet
// (the same options as `winnow verify` has; for tests, benchmarks and people with a lab). Chromium's own switches
// stand among them and are not ours to judge, so nothing unknown is refused.
import { isAbsolute, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { UserError } from '../../shared/errors.ts';
import { parseDnsServer } from '../engine/dns/parse-dns-server.ts';
import type { LabOptions } from '../host/open-network.ts';
import { isScenario, type Scenario } from '../practice/scenarios.ts';

export interface LaunchOptions {
  /** Absolute paths. */
  readonly paths: readonly string[];
  readonly practice: boolean;
  /** What is wrong with the practice world; for tests and demonstrations. */
  readonly scenario: Scenario | undefined;
  readonly lab: LabOptions;
  /** Port on which metrics are served in this session, whatever the preferences say. */
  readonly metrics: number | undefined;
}

/** A start as it is told to the instance that runs already. */
const launch = z.object({ args: z.array(z.string()), cwd: z.string() });
export type Launch = z.output<typeof launch>;

/** `args`: without the executable. Throws `UserError` for a DNS server or a port that is none. */
export function readLaunch({ args, cwd }: Launch): LaunchOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { practice: { type: 'boolean' }, dns: { type: 'string' }, port: { type: 'string' }, 'allow-loopback': { type: 'boolean' }, metrics: { type: 'string' }, scenario: { type: 'string' } },
    allowPositionals: true,
    strict: false,
  });
  const { dns, port, metrics, scenario } = values;
  return {
    paths: positionals.filter((path) => path !== '').map((path) => (isAbsolute(path) ? path : resolve(cwd, path))),
    practice: values.practice === true,
    scenario: typeof scenario === 'string' && isScenario(scenario) ? scenario : undefined,
    lab: {
      dns: typeof dns === 'string' ? parseDnsServer(dns) : undefined,
      port: typeof port === 'string' ? parsePort(port, '--port') : undefined,
      allowLoopback: values['allow-loopback'] === true,
    },
    metrics: typeof metrics === 'string' ? parsePort(metrics, '--metrics') : undefined,
  };
}

/** Null for what is no launch: it came from another process. */
export function asLaunch(data: unknown): Launch | null {
  const parsed = launch.safeParse(data);
  return parsed.success ? parsed.data : null;
}

function parsePort(text: string, option: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535) throw new UserError('BadUsage', `${option} takes a port from 1 to 65535, not "${text}".`);
  return port;
}
