// A rule for single servers between what is typed and the settings: nothing that the schema refuses is handed on, nothing
// unfinished is lost, and what asks more of a server than the settings do is told.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covers, EMPTY_RULE, generalLimit, judgeRule, limitBounds, LIMITS, typedOf, type Limit, type TypedRule } from '../../../renderer/features/preferences/destination-rule.ts';
import { DEFAULT_SETTINGS, settingsSchema } from '../../../shared/settings/schema.ts';

const typed = (mxPattern: string, limits: Partial<Record<Limit, string>> = {}): TypedRule => ({ mxPattern, limits: { ...EMPTY_RULE.limits, ...limits } });
const judge = (rule: TypedRule) => judgeRule(rule, DEFAULT_SETTINGS);

describe('a rule', () => {
  it('holds what was typed, and nothing for what was left empty', () => {
    expect(judge(typed(' mx.example.com ', { maxConnections: ' 3 ' })).rule).toEqual({ mxPattern: 'mx.example.com', maxConnections: 3 });
  });

  it.each(['', 'localhost', 'mx..example.com', 'mx.*.example.com', 'a b.example.com', '192.0.2.1/24'])('is none without a name: %s', (mxPattern) => {
    const { rule, patternFault } = judge(typed(mxPattern));
    expect(rule).toBeNull();
    expect(patternFault).toBe('A host name such as mx.example.com, or *.example.com.');
  });

  it.each(LIMITS.map((limit) => [limit]))('takes the bounds of the schema and nothing beyond: %s', (limit) => {
    const { min, max } = limitBounds(limit);
    for (const value of [min, max]) expect(judge(typed('*.example.com', { [limit]: String(value) })).rule).toEqual({ mxPattern: '*.example.com', [limit]: value });
    for (const text of [String(min - 1), String(max + 1), 'many', '1.5', '1e1', '-1']) {
      const { rule, limitFaults } = judge(typed('*.example.com', { [limit]: text }));
      expect(rule).toBeNull();
      expect(Object.keys(limitFaults)).toEqual([limit]);
    }
  });

  it('is read back as it is shown', () => {
    const limitOf = (limit: Limit) => fc.option(fc.integer(limitBounds(limit)), { nil: undefined });
    fc.assert(fc.property(fc.record(Object.fromEntries(LIMITS.map((limit) => [limit, limitOf(limit)])) as Record<Limit, ReturnType<typeof limitOf>>), (limits) => {
      const rule = settingsSchema.shape.destinations.parse([JSON.parse(JSON.stringify({ mxPattern: 'mx.example.com', ...limits }))])[0]!;
      expect(judge(typedOf(rule)).rule).toEqual(rule);
    }));
  });

  it('tells which limits are wider than those of everybody else, and only those', () => {
    expect(judge(typed('mx.example.com', { maxConnections: '10', errorBudget: '9' })).wider).toEqual([]);
    expect(judge(typed('mx.example.com', { maxConnections: '11', errorBudget: '5', maxRecipientsPerTransaction: '101' })).wider).toEqual(['maxConnections', 'maxRecipientsPerTransaction']);
    expect(generalLimit(DEFAULT_SETTINGS, 'maxConnections')).toBe('10');
  });
});

it.each([
  ['mx.example.com', 'MX.example.com', true],
  ['*.example.com', 'mx.example.com', true],
  ['*.example.com', '*.eu.example.com', true],
  ['*.example.com', 'example.com', false],
  ['mx.example.com', '*.example.com', false],
  ['*.example.com', 'mx.badexample.com', false],
  ['', '', false],
])('a rule for %s leaves nothing for one for %s: %s', (first, second, covered) => {
  expect(covers(first, second)).toBe(covered);
});
