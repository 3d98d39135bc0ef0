// What main itself says, in English: menu entries, dialogs, and messages about lists and files.
import type { HostWords } from './host-words.ts';

export const enHost: HostWords = {
  menu: { open: 'Open…', sample: 'Try It with a Sample', preflight: 'Check This Network', preferences: 'Preferences…', monitor: 'Monitor' },
  preferences: { title: 'Preferences' },
  monitor: { title: 'Monitor' },
  dialogs: {
    openTitle: 'Open a list',
    listFileTitle: 'Choose a file with one entry a line',
    listFiles: 'Text files (TXT, CSV)',
    lists: 'Lists (CSV, TXT)',
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
    notAFile: 'This is no file that can be read.',
    notFound: (name) => `${name} is not there any more.`,
    unreadable: (name) => `${name} cannot be read.`,
    folder: (name) => `${name} is a folder. Open the list in it.`,
    isSource: (name) => `${name} is the file that the list was imported from. Export to another file.`,
  },
  tasks: { failed: 'An unexpected error was written to the log.' },
  lists: {
    empty: (name) => `There is no entry in ${name} that can be used.`,
    full: 'The list could not be kept: the disk is full. Nothing was changed.',
    notKept: 'The list could not be kept: its folder cannot be written. Nothing was changed.',
  },
  practice: { listName: 'Sample list', failed: 'The practice world could not be started on this machine.' },
};
