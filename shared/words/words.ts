// The shape of a catalogue: one for each language, all with the same keys and the same things to fill in.
// `en.ts` is the first; a second language is a second file of this type.
import type { Reason } from '../verdict/verdict.ts';
import type { enExplain } from './en-explain.ts';
import type { enPreferences } from './en-preferences.ts';
import type { enWindow } from './en-window.ts';
import type { ReasonWords } from './en-reasons.ts';

interface TitledText {
  readonly title: string;
  readonly text: string;
}

/** The shape of a catalogue that is its own type: the same keys, any texts. */
export type Loose<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : { readonly [K in keyof T]: Loose<T[K]> };

type Plain<K extends string> = Readonly<Record<K, string>>;
type Filled<K extends string> = Readonly<Record<K, (value: string) => string>>;

export interface Words {
  readonly app: Plain<'tagline'> &
    Filled<'title' | 'version'> & {
      readonly runtime: (runtime: { electron: string; chrome: string; node: string }) => string;
    };
  readonly promises: Plain<'label'> & Readonly<Record<'local' | 'silent' | 'honest', TitledText>>;
  /** What the main window says. */
  readonly window: Loose<typeof enWindow>;
  readonly preferences: Loose<typeof enPreferences>;
  readonly reasons: Readonly<Record<Reason, ReasonWords>>;
  /** The sentences of an explanation of one verdict. */
  readonly explain: typeof enExplain;
  readonly settings: Filled<'setAside'>;
  readonly failure: Plain<'title' | 'text' | 'reload' | 'starting' | 'rendererTitle'> &
    Filled<'fatalTitle' | 'fatalText' | 'rendererText'>;
  readonly ipc: Plain<'refused' | 'internal'> & Filled<'invalid'>;
  readonly menu: Filled<'about' | 'hide' | 'quit'> &
    Plain<
      | 'hideOthers'
      | 'showAll'
      | 'services'
      | 'file'
      | 'closeWindow'
      | 'edit'
      | 'undo'
      | 'redo'
      | 'cut'
      | 'copy'
      | 'paste'
      | 'selectAll'
      | 'view'
      | 'zoomIn'
      | 'zoomOut'
      | 'actualSize'
      | 'fullScreen'
      | 'developerTools'
      | 'window'
      | 'minimize'
      | 'help'
      | 'smtpStandard'
      | 'logFolder'
    >;
}
