// The preferences as fields: path in the shared settings, kind, unit and section. Bounds and defaults are read from the
// schema itself, so that this table cannot say anything else than what main will accept.
import { toJSONSchema } from 'zod';
import { settingsSchema } from '../../../shared/settings/schema.ts';
import type { words } from '../../words.ts';

export type FieldPath = keyof typeof words.preferences.fields;
export type SectionName = keyof typeof words.preferences.sections;

/** A number is kept in the schema's unit and shown divided by `factor`, in `unit`. */
export type Field =
  | { readonly path: FieldPath; readonly kind: 'text' | 'servers' | 'switch' }
  | { readonly path: FieldPath; readonly kind: 'choice'; readonly options: readonly (keyof typeof words.preferences.tls)[] }
  | { readonly path: FieldPath; readonly kind: 'number'; readonly unit: keyof typeof words.preferences.units | null; readonly factor: number };

const number = (path: FieldPath): Field => ({ path, kind: 'number', unit: null, factor: 1 });
const seconds = (path: FieldPath): Field => ({ path, kind: 'number', unit: 'seconds', factor: 1_000 });
const minutes = (path: FieldPath): Field => ({ path, kind: 'number', unit: 'minutes', factor: 60_000 });
const storedSeconds = (path: FieldPath): Field => ({ path, kind: 'number', unit: 'seconds', factor: 1 });
const toggle = (path: FieldPath): Field => ({ path, kind: 'switch' });

type ScorePath = Extract<FieldPath, `score.${string}`>;

const SCORE_BASE: readonly ScorePath[] = [
  'score.base.accepted',
  'score.base.accepted_busy',
  'score.base.accepted_unproven',
  'score.base.accept_all',
  'score.base.mailbox_full',
  'score.base.role',
  'score.base.disposable',
  'score.base.no_reply',
  'score.base.possible_typo',
  'score.base.possible_trap',
  'score.base.greylisted',
  'score.base.rate_limited',
  'score.base.unknown',
];

const SCORE_FLAGS: readonly ScorePath[] = [
  'score.flags.trap',
  'score.flags.disposable',
  'score.flags.typo',
  'score.flags.no_reply',
  'score.flags.role',
  'score.flags.special_use',
  'score.flags.implicit_mx',
  'score.flags.free',
  'score.flags.tagged',
  'score.flags.smtputf8',
  'score.flags.tls_unverified',
];

export const SECTIONS: readonly { readonly name: SectionName; readonly fields: readonly Field[] }[] = [
  { name: 'identity', fields: [{ path: 'identity.heloName', kind: 'text' }, { path: 'identity.mailFrom', kind: 'text' }] },
  {
    name: 'dns',
    fields: [{ path: 'dns.servers', kind: 'servers' }, seconds('dns.timeoutMs'), storedSeconds('dns.minTtlSec'), storedSeconds('dns.maxTtlSec'), number('dns.cacheMaxEntries')],
  },
  {
    name: 'connections',
    fields: [
      number('smtp.maxConnections'),
      number('smtp.maxConnectionsPerDestination'),
      seconds('smtp.connectTimeoutMs'),
      seconds('smtp.greetingTimeoutMs'),
      seconds('smtp.commandTimeoutMs'),
      { path: 'smtp.tls', kind: 'choice', options: ['never', 'offered'] },
      toggle('smtp.ipv6'),
    ],
  },
  {
    name: 'politeness',
    fields: [
      number('smtp.errorBudget'),
      number('smtp.maxRecipientsPerTransaction'),
      number('smtp.maxTransactionsPerSession'),
      number('smtp.maxRecipientsPerSession'),
    ],
  },
  {
    name: 'retry',
    fields: [number('retry.maxRetries'), minutes('retry.greylistFirstMs'), minutes('retry.greylistNextMs'), minutes('retry.backoffMs'), minutes('retry.backoffMaxMs')],
  },
  { name: 'risky', fields: [toggle('verdict.riskyRole'), toggle('verdict.riskyDisposable'), toggle('verdict.riskyNoReply'), toggle('verdict.riskyTypo'), toggle('verdict.riskyTrap')] },
  { name: 'lists', fields: [] }, // drawn by itself: address-lists.tsx
  { name: 'scoreBase', fields: SCORE_BASE.map(number) },
  { name: 'scoreFlags', fields: SCORE_FLAGS.map(number) },
  { name: 'metrics', fields: [toggle('metrics.enabled'), number('metrics.port')] },
];

interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly minimum?: number;
  readonly maximum?: number;
}

const SCHEMA = toJSONSchema(settingsSchema, { io: 'input' }) as SchemaNode;

/** In the schema's unit. Throws for a path that is no bounded number there. */
export function boundsOf(path: FieldPath): { readonly min: number; readonly max: number } {
  const node = path.split('.').reduce<SchemaNode | undefined>((at, key) => at?.properties?.[key], SCHEMA);
  if (node?.minimum === undefined || node.maximum === undefined) throw new Error(`${path} has no bounds`);
  return { min: node.minimum, max: node.maximum };
}
