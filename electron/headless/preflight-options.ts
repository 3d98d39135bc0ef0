// What `winnow preflight` was asked to do, checked completely before anything is opened.
import { UserError } from '../../shared/errors.ts';
import type { LabOptions } from '../host/open-network.ts';
import { parseDnsServer } from '../engine/dns/parse-dns-server.ts';
import { isScenario, SCENARIOS, type Scenario } from '../practice/scenarios.ts';
import { parseOptions, parsePort } from './parse-options.ts';

export interface PreflightCommand {
  readonly lab: LabOptions;
  /** Null: the Internet, or the lab. */
  readonly scenario: Scenario | null;
  readonly visits: readonly string[] | undefined;
  readonly settingsPath: string | undefined;
  readonly json: boolean;
}

const OPTIONS = {
  practice: { type: 'boolean' },
  scenario: { type: 'string' },
  dns: { type: 'string' },
  port: { type: 'string' },
  hosts: { type: 'string' },
  'allow-loopback': { type: 'boolean' },
  settings: { type: 'string' },
  json: { type: 'boolean' },
} as const;

export function parsePreflightOptions(args: string[]): PreflightCommand {
  const { values, positionals } = parseOptions(args, OPTIONS);
  if (positionals.length > 0) throw new UserError('BadUsage', 'winnow preflight takes no arguments; see "winnow help".');
  const practice = values.practice ?? false;
  const named = values.dns !== undefined || values.port !== undefined || values.hosts !== undefined || values['allow-loopback'] === true;
  if (practice && named) throw new UserError('BadUsage', '--practice brings its own mail world; --dns, --port, --hosts and --allow-loopback do not go with it.');
  if (!practice && values.scenario !== undefined) throw new UserError('BadUsage', '--scenario is for --practice: what shall be wrong there.');
  return {
    lab: {
      dns: values.dns === undefined ? undefined : parseDnsServer(values.dns),
      port: values.port === undefined ? undefined : parsePort(values.port, '--port'),
      allowLoopback: values['allow-loopback'] ?? false,
    },
    scenario: practice ? parseScenario(values.scenario ?? 'all_good') : null,
    visits: values.hosts?.split(',').map((part) => part.trim().toLowerCase()).filter((part) => part !== ''),
    settingsPath: values.settings,
    json: values.json ?? false,
  };
}

/** `BadUsage` naming those that there are. */
export function parseScenario(text: string): Scenario {
  if (!isScenario(text)) throw new UserError('BadUsage', `--scenario does not know "${text}". Choices: ${SCENARIOS.join(', ')}.`);
  return text;
}
