// The editor of the user's own rules for single mail servers: rows that can be added, changed and removed.
// A row that is unfinished or wrong says so and stays out of what is saved; where it was in force before, it stays in
// force as it was. Nothing else of what is typed is touched by a save.
import { useRef, useState, type JSX } from 'react';
import type { Settings } from '../../../shared/settings/schema.ts';
import { Button } from '../../components/button.tsx';
import { formatCount } from '../../format.ts';
import { words } from '../../words.ts';
import { covers, EMPTY_RULE, judgeRule, MAX_RULES, typedOf, type Rule, type TypedRule } from './destination-rule.ts';
import { DestinationRuleRow } from './destination-rule-row.tsx';
import { useRest } from './use-rest.ts';
import './destination-rules.css';

interface Row {
  readonly id: number;
  readonly typed: TypedRule;
  /** As it was last right; null for one that never was. */
  readonly inForce: Rule | null;
}

interface Props {
  readonly settings: Settings;
  readonly onSave: (rules: readonly Rule[]) => void;
}

let lastId = 0;

function newRow(typed: TypedRule, inForce: Rule | null): Row {
  lastId += 1;
  return { id: lastId, typed, inForce };
}

export function DestinationRules({ settings, onSave }: Props): JSX.Element {
  const text = words.preferences.rules;
  const [rows, setRows] = useState(() => settings.destinations.map((rule) => newRow(typedOf(rule), rule)));
  const [typing, setTyping] = useState<readonly Row[] | null>(null);
  const added = useRef(0);

  /** What is right now is in force from now on. */
  const save = (next: readonly Row[]): void => {
    const kept = next.map((row) => ({ ...row, inForce: judgeRule(row.typed, settings).rule ?? row.inForce }));
    setRows(kept);
    setTyping(null);
    onSave(kept.flatMap(({ inForce }) => (inForce === null ? [] : [inForce])));
  };
  useRest(typing, save);

  const change = (id: number, typed: TypedRule): void => {
    const next = rows.map((row) => (row.id === id ? { ...row, typed } : row));
    setRows(next);
    setTyping(next);
  };
  const add = (): void => {
    const row = newRow(EMPTY_RULE, null);
    added.current = row.id;
    setRows([...rows, row]);
  };

  return (
    <>
      {rows.length === 0 ? <p className="rules-none">{text.none}</p> : null}
      <ol className="rules">
        {rows.map(({ id, typed }, index) => (
          <DestinationRuleRow
            key={id}
            number={index + 1}
            typed={typed}
            settings={settings}
            isNew={id === added.current}
            covered={rows.slice(0, index).some((earlier) => covers(earlier.typed.mxPattern, typed.mxPattern))}
            onChange={(next) => { change(id, next); }}
            onLeave={() => { if (typing !== null) save(typing); }}
            onRemove={() => { save(rows.filter((row) => row.id !== id)); }}
          />
        ))}
      </ol>
      <div className="rules-add">
        <Button icon="plus" disabled={rows.length >= MAX_RULES} onClick={add}>{text.add}</Button>
        {rows.length >= MAX_RULES ? <span>{text.tooMany(formatCount(MAX_RULES))}</span> : null}
      </div>
    </>
  );
}
