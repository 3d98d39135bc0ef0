// The shape of the catalogue of what main itself says: menu entries, dialogs, and messages about lists and files.

type Plain<K extends string> = Readonly<Record<K, string>>;
type Filled<K extends string> = Readonly<Record<K, (value: string) => string>>;

export interface HostWords {
  readonly menu: Plain<'open' | 'openFolder' | 'paste' | 'sample' | 'preflight' | 'preferences' | 'monitor'>;
  readonly preferences: Plain<'title'>;
  readonly monitor: Plain<'title'>;
  readonly dialogs: Plain<'openTitle' | 'folderTitle' | 'reportTitle' | 'reports' | 'listFileTitle' | 'listFiles' | 'lists' | 'allFiles' | 'exportTitle'>;
  readonly quit: Plain<'confirm' | 'cancel'> & Readonly<Record<'run' | 'task', Plain<'message' | 'detail'>>>;
  readonly start: Plain<'badUsage'>;
  readonly store: Plain<'title' | 'unchanged'> & Filled<'failed'>;
  readonly run: Plain<'queued' | 'defect'> & Filled<'failed'>;
  readonly files: Plain<'unknown' | 'unknownTarget' | 'unknownTask' | 'notAFile' | 'tooMany' | 'nothingPasted' | 'noAddressPasted' | 'passedOver'> & Filled<'reportNotWritten' | 'pastedTooMuch' | 'notFound' | 'unreadable' | 'folder' | 'isSource'>;
  readonly tasks: Plain<'failed' | 'listDeleted'>;
  readonly lists: Plain<'full' | 'notKept'> & Filled<'empty'>;
  readonly practice: Plain<'listName' | 'failed'>;
}
