// The preferences window. A valid change is saved at once (a text when typing rests or the field is left) and a note
// says so; a fault is told at its field and keeps that field alone from being saved.
// Settings travel whole: a change is applied to what is in force, so that two changes cannot undo each other.
import { useCallback, useEffect, useRef, useState, type JSX } from 'react';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings/schema.ts';
import { api } from '../../api.ts';
import { Button } from '../../components/button.tsx';
import { Confirm } from '../../components/confirm.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { Message } from '../../components/message.tsx';
import { Notice } from '../../components/notice.tsx';
import { reportError } from '../../report-error.ts';
import { messageOf } from '../../state/notices.ts';
import { words } from '../../words.ts';
import { AddressLists } from './address-lists.tsx';
import { DestinationRules } from './destination-rules.tsx';
import { inputOf, judge, type FieldInput } from './field-value.ts';
import type { Field } from './fields.ts';
import { PreferenceField } from './preference-field.tsx';
import { PreferenceSection } from './preference-section.tsx';
import { shownSections } from './shown-sections.ts';
import { StorageState } from './storage-state.tsx';
import './preferences-view.css';

const DEFAULT_SCORE = JSON.stringify(DEFAULT_SETTINGS.score);

type State =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'ready'; readonly setAsideAs: string | null };

export function PreferencesView(): JSX.Element | null {
  const text = words.preferences;
  const [state, setState] = useState<State>({ kind: 'loading' });
  const [settings, setSettings] = useState<Settings>(DEFAULT_SETTINGS);
  const [note, setNote] = useState<string>('');
  const [failure, setFailure] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const [generation, setGeneration] = useState(0);
  const [search, setSearch] = useState('');
  const current = useRef(DEFAULT_SETTINGS);

  useEffect(() => {
    document.title = text.title;
    api.settingsGet().then(
      (answer) => {
        current.current = answer.settings;
        setSettings(answer.settings);
        setState({ kind: 'ready', setAsideAs: answer.setAsideAs });
      },
      (error: unknown) => {
        reportError('promise', error);
        setState({ kind: 'failed', message: messageOf(error) });
      },
    );
  }, [text]);

  const save = useCallback(
    (next: Settings): void => {
      current.current = next;
      setSettings(next);
      setNote(text.saving);
      api.settingsSet(next).then(
        () => {
          setFailure(null);
          setNote(text.saved);
        },
        (error: unknown) => {
          setFailure(messageOf(error));
          setNote(text.notSaved);
        },
      );
    },
    [text],
  );

  const saveField = useCallback(
    (field: Field, input: FieldInput): void => {
      const judged = judge(current.current, field, input);
      if (judged.ok && JSON.stringify(judged.settings) !== JSON.stringify(current.current)) save(judged.settings);
    },
    [save],
  );

  const reset = (next: Settings): void => {
    setGeneration((last) => last + 1); // fields forget what was typed
    save(next);
  };

  if (state.kind === 'loading') return null;
  if (state.kind === 'failed') return <FailureView title={words.failure.starting} text={state.message} />;
  const sections = shownSections(search);
  const differs = (field: Field): boolean => inputOf(settings, field) !== inputOf(DEFAULT_SETTINGS, field);
  const drawField = (field: Field): JSX.Element => (
    <PreferenceField key={`${field.path} ${String(generation)}`} field={field} settings={settings} onSave={saveField} />
  );
  return (
    <div className="preferences">
      <main className="preferences-main">
        <header className="preferences-head">
          <h1>{text.title}</h1>
          <input
            type="search"
            placeholder={text.search}
            aria-label={text.search}
            value={search}
            onChange={({ target }) => { setSearch(target.value); }}
            onKeyDown={({ key }) => { if (key === 'Escape') setSearch(''); }}
          />
        </header>
        <p className="preferences-intro">{text.intro}</p>
        {state.setAsideAs === null ? null : <Notice text={words.settings.setAside(state.setAsideAs)} />}
        {failure === null ? null : <Message kind="error">{failure}</Message>}
        {sections.length === 0 ? <p className="preferences-nothing" role="status">{text.nothingFound(search.trim())}</p> : null}
        {sections.map(({ name, fields, advanced }) => (
          <PreferenceSection
            key={name}
            name={name}
            advanced={advanced.length === 0 ? null : { fields: advanced.map(drawField), changed: advanced.filter(differs).length, open: search.trim() !== '' }}
          >
            {fields.map(drawField)}
            {name === 'lists' ? <AddressLists /> : null}
            {name === 'storage' ? <StorageState /> : null}
            {name === 'destinations' ? (
              <DestinationRules key={generation} settings={settings} onSave={(rules) => { save({ ...current.current, destinations: [...rules] }); }} />
            ) : null}
            {name === 'scoreFlags' ? (
              <Button disabled={JSON.stringify(settings.score) === DEFAULT_SCORE} onClick={() => { reset({ ...current.current, score: DEFAULT_SETTINGS.score }); }}>
                {text.scoreReset}
              </Button>
            ) : null}
          </PreferenceSection>
        ))}
      </main>
      <footer className="preferences-foot">
        <span className="preferences-note" aria-live="polite">{note}</span>
        <Button onClick={() => { setAsking(true); }}>{text.reset}</Button>
      </footer>
      {asking ? (
        <Confirm
          title={text.resetTitle}
          text={text.resetText}
          confirm={text.resetConfirm}
          keep={text.resetKeep}
          onKeep={() => { setAsking(false); }}
          onConfirm={() => {
            setAsking(false);
            reset(DEFAULT_SETTINGS);
          }}
        />
      ) : null}
    </div>
  );
}
