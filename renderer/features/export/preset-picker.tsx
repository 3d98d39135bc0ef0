// Ready-made exports and the user's own, by name; what is chosen now can be kept as one. They lie in the settings.
import { useState, type JSX } from 'react';
import { PRESET_NAMES, PRESETS } from '../../../shared/export/presets.ts';
import { api } from '../../api.ts';
import { Button } from '../../components/button.tsx';
import { attempt } from '../../state/notices.ts';
import { useAsync } from '../../state/use-async.ts';
import { words } from '../../words.ts';
import { choiceOf, plainForm, type ExportChoice } from './export-choice.ts';

interface Props {
  readonly choice: ExportChoice;
  readonly onChoose: (choice: ExportChoice) => void;
}

const CUSTOM = '';

export function PresetPicker({ choice, onChoose }: Props): JSX.Element {
  const text = words.window.export;
  const [version, setVersion] = useState(0);
  const [chosen, setChosen] = useState<{ readonly value: string; readonly choice: ExportChoice } | null>(null);
  const [name, setName] = useState<string | null>(null);
  const own = useAsync(String(version), () => api.settingsGet()).value?.settings.exportPresets ?? [];
  // Whatever is changed after it was chosen makes it one's own choice again.
  const value = chosen?.choice === choice ? chosen.value : CUSTOM;

  const choose = (next: string): void => {
    const kept = own.find((preset) => `own:${preset.name}` === next);
    const ready = PRESET_NAMES.find((preset) => preset === next);
    const form = kept?.form ?? (ready === undefined ? undefined : PRESETS[ready]);
    if (form === undefined) return;
    const made = choiceOf(form);
    setChosen({ value: next, choice: made });
    onChoose(made);
  };
  const keep = async (change: (presets: typeof own) => typeof own): Promise<void> => {
    const { settings } = await api.settingsGet();
    await api.settingsSet({ ...settings, exportPresets: change(settings.exportPresets) });
    setVersion((last) => last + 1);
  };
  const save = async (as: string): Promise<void> => {
    const { kind } = choice;
    if (kind === 'pdf') return;
    await keep((presets) => [...presets.filter((preset) => preset.name !== as), { name: as, form: { ...plainForm(choice.form), format: kind } }]);
    setChosen({ value: `own:${as}`, choice });
    setName(null);
  };

  return (
    <div className="export-presets">
      <label className="export-field">
        <span>{text.preset}</span>
        <select value={value} onChange={({ target }) => { choose(target.value); }}>
          <option value={CUSTOM}>{text.customPreset}</option>
          <optgroup label={text.builtInPresets}>
            {PRESET_NAMES.map((preset) => <option key={preset} value={preset}>{text.presets[preset]}</option>)}
          </optgroup>
          {own.length === 0 ? null : (
            <optgroup label={text.ownPresets}>
              {own.map((preset) => <option key={preset.name} value={`own:${preset.name}`}>{preset.name}</option>)}
            </optgroup>
          )}
        </select>
      </label>
      {name === null ? (
        <>
          {value.startsWith('own:') ? (
            <Button look="quiet" onClick={() => { attempt(keep((presets) => presets.filter((preset) => `own:${preset.name}` !== value))); setChosen(null); }}>{text.removePreset}</Button>
          ) : (
            <Button look="quiet" disabled={choice.kind === 'pdf'} onClick={() => { setName(''); }}>{text.savePreset}</Button>
          )}
        </>
      ) : (
        <form className="export-save" onSubmit={(event) => { event.preventDefault(); if (name.trim() !== '') attempt(save(name.trim())); }}>
          <input aria-label={text.presetName} placeholder={text.presetName} maxLength={80} autoFocus value={name} onChange={({ target }) => { setName(target.value); }} />
          <Button disabled={name.trim() === ''} onClick={() => { attempt(save(name.trim())); }}>{text.savePreset}</Button>
        </form>
      )}
    </div>
  );
}
