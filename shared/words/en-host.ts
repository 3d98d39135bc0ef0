// What main itself says, in English: menu entries, dialogs, and messages about lists and files.
import type { HostWords } from './host-words.ts';

export const enHost: HostWords = {
  menu: { open: 'Open…', openFolder: 'Open Folder…', paste: 'Paste Addresses', sample: 'Try It with a Sample', preflight: 'Check This Network', preferences: 'Preferences…', monitor: 'Monitor' },
  preferences: { title: 'Preferences' },
  monitor: { title: 'Monitor' },
  dialogs: {
    openTitle: 'Open lists',
    folderTitle: 'Open all lists in a folder',
    reportTitle: 'Save the report',
    reports: 'Report (CSV)',
    listFileTitle: 'Choose a file with one entry a line',
    listFiles: 'Text files (TXT, CSV)',
    lists: 'Lists (CSV, text, Excel, JSON)',
    allFiles: 'All files',
    exportTitle: 'Export the list',
  },
  quit: {
    run: {
      message: 'A list is being verified.',
      detail: 'Everything verified so far is kept. It goes on by itself when the app is started again.',
    },
    task: {
      message: 'A file is being imported or exported.',
      detail: 'It is not finished, and would have to be started again. Verified lists are kept.',
    },
    confirm: 'Quit Now',
    cancel: 'Cancel',
  },
  start: { badUsage: 'The app was not started properly' },
  store: {
    title: 'The lists cannot be opened',
    unchanged: 'Nothing was changed.',
    failed: (reason) => `The folder of the lists could not be opened: ${reason}`,
  },
  run: {
    queued: 'Waits until another list is finished.',
    defect: 'An unexpected error stopped this list; it was written to the log. Nothing is lost: Start goes on.',
    failed: (reason) => `Stopped: ${reason}`,
  },
  files: {
    unknown: 'This file is no longer known here. Open it again.',
    unknownTarget: 'Choose again where to export to.',
    unknownTask: 'There is no such file: the export was not finished in this session.',
    tooMany: 'more than 1,000 files',
    nothingPasted: 'There is no text on the clipboard. Copy addresses or the rows of a table first.',
    noAddressPasted: 'There is no e-mail address in the text on the clipboard.',
    pastedTooMuch: (limit) => `The text on the clipboard is larger than ${limit}. Save it as a file and open that.`,
    passedOver: 'Some files were passed over',
    reportNotWritten: (name) => `${name} could not be written.`,
    notAFile: 'This is no file that can be read.',
    notFound: (name) => `${name} is not there any more.`,
    unreadable: (name) => `${name} cannot be read.`,
    folder: (name) => `${name} is a folder. Open the list in it.`,
    isSource: (name) => `${name} is the file that the list was imported from. Export to another file.`,
  },
  tasks: { listDeleted: 'The export was stopped, because its list was deleted. No file was written.', failed: 'An unexpected error was written to the log.' },
  lists: {
    empty: (name) => `There is no entry in ${name} that can be used.`,
    full: 'The list could not be kept: the disk is full. Nothing was changed.',
    notKept: 'The list could not be kept: its folder cannot be written. Nothing was changed.',
  },
  practice: { listName: 'Sample list', failed: 'The practice world could not be started on this machine.' },
};
