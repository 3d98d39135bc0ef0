// The shape of a catalogue: one for each language, all with the same keys and the same things to fill in.
// `en.ts` is the first; a second language is a second file of this type.
import type { Reason } from '../verdict/verdict.ts';
import type { enCombine } from './en-combine.ts';
import type { enBrowse } from './en-browse.ts';
import type { enDestinations } from './en-destinations.ts';
import type { enExplain } from './en-explain.ts';
import type { enJobs } from './en-jobs.ts';
import type { enMonitor } from './en-monitor.ts';
import type { enPreferences } from './en-preferences.ts';
import type { enPreflight } from './en-preflight.ts';
import type { enStorage } from './en-storage.ts';
import type { enWindow } from './en-window.ts';
import type { ReasonWords } from './en-reasons.ts';
import type { HelpLink } from './help-links.ts';

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

type AdviceName = keyof (typeof enDestinations)['advice'];

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
  /** What it says of filters, sorting and selected rows. */
  readonly browse: Loose<typeof enBrowse>;
  /** What it says of putting lists together and taking them apart. */
  readonly combine: typeof enCombine;
  /** What it says of destinations that are left alone. */
  readonly destinations: Loose<Omit<typeof enDestinations, 'advice'>> & {
    /** `link`: the page that the text names. */
    readonly advice: Readonly<Record<AdviceName, { readonly text: string; readonly link: HelpLink | null }>>;
  };
  /** What it says of the queue, of estimates and of verifying again. */
  readonly jobs: Loose<typeof enJobs>;
  readonly monitor: Loose<typeof enMonitor>;
  readonly preferences: Loose<typeof enPreferences>;
  readonly preflight: typeof enPreflight;
  readonly storage: Loose<typeof enStorage>;
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
