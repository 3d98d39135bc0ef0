// A rule for the mail servers of one name, between what is typed and the settings: reading, writing and judging, with the
// bounds of the schema. What is typed is text throughout, so that an unfinished row can stay as it is.
import { settingsSchema, type Settings } from '../../../shared/settings/schema.ts';
import { words } from '../../words.ts';
import { boundsOf, type Bounds } from './bounds-of.ts';
import { numberMessage } from './field-value.ts';

export type Rule = Settings['destinations'][number];
export type Limit = keyof typeof words.preferences.rules.limits;

export const MAX_RULES = 100;

/** What a setting says for everybody else; null where no setting says anything. */
const GENERAL: Readonly<Record<Limit, ((settings: Settings) => number) | null>> = {
  maxConnections: ({ smtp }) => smtp.maxConnectionsPerDestination,
  recipientsPerMinute: null,
  dailyCap: null,
  errorBudget: ({ smtp }) => smtp.errorBudget,
  maxRecipientsPerTransaction: ({ smtp }) => smtp.maxRecipientsPerTransaction,
  maxTransactionsPerSession: ({ smtp }) => smtp.maxTransactionsPerSession,
  maxRecipientsPerSession: ({ smtp }) => smtp.maxRecipientsPerSession,
};

export const LIMITS = Object.keys(GENERAL) as readonly Limit[];

export interface TypedRule {
  readonly mxPattern: string;
  /** Empty: as for every other server. */
  readonly limits: Readonly<Record<Limit, string>>;
}

export interface JudgedRule {
  /** Null where something is wrong. */
  readonly rule: Rule | null;
  readonly patternFault: string | null;
  readonly limitFaults: Readonly<Partial<Record<Limit, string>>>;
  /** Limits that allow more than the settings do for everybody. */
  readonly wider: readonly Limit[];
}

export const EMPTY_RULE: TypedRule = { mxPattern: '', limits: limitTexts({}) };

export function typedOf(rule: Rule): TypedRule {
  return { mxPattern: rule.mxPattern, limits: limitTexts(rule) };
}

export function limitBounds(limit: Limit): Bounds {
  return boundsOf(`destinations.[].${limit}`);
}

/** What holds for a server without a rule, as its field shows it. */
export function generalLimit(settings: Settings, limit: Limit): string {
  const general = GENERAL[limit];
  return general === null ? words.preferences.rules.noLimit : String(general(settings));
}

export function judgeRule(typed: TypedRule, settings: Settings): JudgedRule {
  const limits: Partial<Record<Limit, number>> = {};
  const limitFaults: Partial<Record<Limit, string>> = {};
  const wider: Limit[] = [];
  for (const limit of LIMITS) {
    const text = typed.limits[limit].trim();
    if (text === '') continue;
    const { min, max } = limitBounds(limit);
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max)) limitFaults[limit] = numberMessage({ min, max }, 1);
    else {
      limits[limit] = value;
      if (value > (GENERAL[limit]?.(settings) ?? Number.POSITIVE_INFINITY)) wider.push(limit);
    }
  }
  const parsed = settingsSchema.shape.destinations.safeParse([{ mxPattern: typed.mxPattern.trim(), ...limits }]);
  const patternFault = parsed.success ? null : words.preferences.rules.patternFault;
  const faulty = patternFault !== null || Object.keys(limitFaults).length > 0;
  return { rule: faulty ? null : (parsed.data?.[0] ?? null), patternFault, limitFaults, wider };
}

/** Whether the first rule fits every server that the second one does, so that the second never counts. */
export function covers(first: string, second: string): boolean {
  const [one, other] = [first.trim().toLowerCase(), second.trim().toLowerCase()];
  if (one === '' || other === '') return false;
  return one === other || (one.startsWith('*.') && other.replace(/^\*/, '').endsWith(one.slice(1)));
}

function limitTexts(rule: Partial<Rule>): Record<Limit, string> {
  return Object.fromEntries(LIMITS.map((limit) => [limit, rule[limit] === undefined ? '' : String(rule[limit])])) as Record<Limit, string>;
}
