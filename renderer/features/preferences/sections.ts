// The preferences in sections, in the order in which people come to need them. What few will ever touch is `advanced`:
// folded, until it is opened, searched for, or differs from its default.
// Always holds: each setting of the schema stands here once, has an editor of its own, or is a deliberate exception of
// the test that compares (test/unit/renderer/sections.test.ts).
import type { words } from '../../words.ts';
import { ms, minutes, number, seconds, storedSeconds, text, toggle, type Field } from './fields.ts';
import { SCORE_FIELDS } from './score-fields.ts';

export type SectionName = keyof typeof words.preferences.sections;

export interface Section {
  readonly name: SectionName;
  readonly fields: readonly Field[];
  readonly advanced: readonly Field[];
}

const section = (name: SectionName, fields: readonly Field[], advanced: readonly Field[] = []): Section => ({ name, fields, advanced });

export const SECTIONS: readonly Section[] = [
  section('identity', [text('identity.heloName'), text('identity.mailFrom')]),
  section(
    'dns',
    [{ path: 'dns.servers', kind: 'servers' }, seconds('dns.timeoutMs'), toggle('dns.persistCache')],
    [
      storedSeconds('dns.minTtlSec'),
      storedSeconds('dns.maxTtlSec'),
      storedSeconds('dns.defaultTtlSec'),
      number('dns.cacheMaxEntries'),
      number('dns.cacheShards'),
      number('dns.maxInFlight'),
    ],
  ),
  section(
    'connections',
    [
      number('smtp.maxConnections'),
      number('smtp.maxConnectionsPerDestination'),
      seconds('smtp.connectTimeoutMs'),
      seconds('smtp.greetingTimeoutMs'),
      seconds('smtp.commandTimeoutMs'),
      { path: 'smtp.tls', kind: 'choice', options: ['never', 'offered'] },
      toggle('smtp.ipv6'),
    ],
    [
      number('smtp.maxFlight'),
      seconds('smtp.idleTimeoutMs'),
      number('smtp.minIdle'),
      seconds('smtp.maxLifetimeMs'),
      seconds('smtp.cleanUpIntervalMs'),
      toggle('smtp.healthCheck'),
      seconds('smtp.healthCheckIntervalMs'),
      number('smtp.maxRetries'),
      ms('smtp.retryBackoffMs'),
      ms('smtp.retryBackoffMaxMs'),
      number('smtp.breakerFailures'),
      seconds('smtp.breakerOpenMs'),
      seconds('smtp.breakerOpenMaxMs'),
    ],
  ),
  section('wayOut', [text('smtp.proxy'), text('smtp.localAddress'), text('smtp.localAddressIpv6')], [number('smtp.port')]),
  section(
    'politeness',
    [
      number('smtp.errorBudget'),
      number('smtp.maxRecipientsPerTransaction'),
      number('smtp.maxTransactionsPerSession'),
      number('smtp.maxRecipientsPerSession'),
      number('smtp.recipientsPerMinute'),
    ],
    [seconds('smtp.maxSessionMs'), number('smtp.targetErrorBudget')],
  ),
  section('destinations', []), // drawn by itself: destination-rules.tsx
  section('retry', [number('retry.maxRetries'), minutes('retry.greylistFirstMs'), minutes('retry.greylistNextMs'), minutes('retry.backoffMs'), minutes('retry.backoffMaxMs'), minutes('retry.refusedPauseMs')]),
  section('risky', [toggle('verdict.riskyRole'), toggle('verdict.riskyDisposable'), toggle('verdict.riskyNoReply'), toggle('verdict.riskyTypo'), toggle('verdict.riskyTrap')]),
  section('lists', []), // drawn by itself: address-lists.tsx
  section('scoreBase', SCORE_FIELDS.base),
  section('scoreFlags', SCORE_FIELDS.flags),
  section(
    'storage',
    [number('storage.reuseDays'), number('storage.reuseMaxVerdicts'), number('storage.deleteVerdictsAfterDays'), number('storage.deleteListsAfterDays')],
    [number('storage.backupsKept'), number('storage.backupMaxListMb')],
  ),
  section('jobs', [toggle('jobs.notifyAtEnd')]),
  section('metrics', [toggle('metrics.enabled'), number('metrics.port')]),
  section('saving', [], [number('batch.maxVerdicts'), ms('batch.maxDelayMs')]),
];
