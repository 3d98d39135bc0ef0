// The shape of the catalogue of what main itself says: menu entries, dialogs, and messages about lists and files.

type Plain<K extends string> = Readonly<Record<K, string>>;
type Filled<K extends string> = Readonly<Record<K, (value: string) => string>>;

export interface HostWords {
  readonly menu: Plain<'open' | 'sample' | 'preflight' | 'preferences' | 'monitor'>;
  readonly preferences: Plain<'title'>;
  readonly monitor: Plain<'title'>;
  readonly dialogs: Plain<'openTitle' | 'listFileTitle' | 'listFiles' | 'lists' | 'allFiles' | 'exportTitle'>;
  readonly quit: Plain<'confirm' | 'cancel'> & Readonly<Record<'run' | 'task', Plain<'message' | 'detail'>>>;
  readonly start: Plain<'badUsage'>;
  readonly store: Plain<'title' | 'unchanged'> & Filled<'failed'>;
  readonly run: Plain<'queued' | 'defect'> & Filled<'failed'>;
  readonly files: Plain<'unknown' | 'unknownTarget' | 'unknownTask' | 'notAFile'> & Filled<'notFound' | 'unreadable' | 'folder' | 'isSource'>;
  readonly tasks: Plain<'failed'>;
  readonly lists: Plain<'full' | 'notKept'> & Filled<'empty'>;
  readonly practice: Plain<'listName' | 'failed'>;
}
