// Every text that the app shows, in English. Keys are typed: a text that is used but missing does not compile.
// Texts with something to fill in are functions. No text is written anywhere else in the window or the menu.
import { enBrowse } from './en-browse.ts';
import { enCombine } from './en-combine.ts';
import { enDestinations } from './en-destinations.ts';
import { enExplain } from './en-explain.ts';
import { enJobs } from './en-jobs.ts';
import { enMonitor } from './en-monitor.ts';
import { enPreferences } from './en-preferences.ts';
import { enPreflight } from './en-preflight.ts';
import { enReasons } from './en-reasons.ts';
import { enStorage } from './en-storage.ts';
import { enWindow } from './en-window.ts';
import type { Words } from './words.ts';

export const en: Words = {
  app: {
    title: (name) => name,
    tagline: 'Tells which addresses of a list can be mailed, on your own machine.',
    version: (version) => `Version ${version}`,
    runtime: (runtime) => `Electron ${runtime.electron} · Chromium ${runtime.chrome} · Node ${runtime.node}`,
  },
  promises: {
    label: 'What you can count on',
    local: { title: 'Nothing is uploaded', text: 'Your list stays on this machine.' },
    silent: { title: 'No message is sent', text: 'Each address’s own mail server is asked whether it would accept.' },
    honest: { title: 'No false “bad”', text: 'If a server refuses us, that says nothing about the address.' },
  },
  window: enWindow,
  browse: enBrowse,
  combine: enCombine,
  destinations: enDestinations,
  jobs: enJobs,
  monitor: enMonitor,
  preferences: enPreferences,
  preflight: enPreflight,
  storage: enStorage,
  reasons: enReasons,
  explain: enExplain,
  settings: {
    setAside: (file) =>
      `The settings file could not be read. It was kept as ${file}, and the defaults are in use.`,
  },
  failure: {
    title: 'Something went wrong in this window',
    text: 'It was written to the log. No list and no verdict is kept in the window, so nothing is lost.',
    reload: 'Load the window again',
    starting: 'The app did not start properly',
    fatalTitle: (name) => `${name} has to close`,
    fatalText: (logFile) => `An unexpected error was written to\n${logFile}`,
    rendererTitle: 'The window keeps failing',
    rendererText: (logFile) => `It was loaded again several times. Details are in\n${logFile}`,
  },
  ipc: {
    refused: 'This request was refused.',
    invalid: (where) => `Not a valid value: ${where}`,
    internal: 'An unexpected error was written to the log.',
  },
  menu: {
    about: (name) => `About ${name}`,
    hide: (name) => `Hide ${name}`,
    hideOthers: 'Hide Others',
    showAll: 'Show All',
    services: 'Services',
    quit: (name) => `Quit ${name}`,
    file: 'File',
    closeWindow: 'Close Window',
    edit: 'Edit',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select All',
    view: 'View',
    zoomIn: 'Zoom In',
    zoomOut: 'Zoom Out',
    actualSize: 'Actual Size',
    fullScreen: 'Full Screen',
    developerTools: 'Developer Tools',
    window: 'Window',
    minimize: 'Minimize',
    help: 'Help',
    smtpStandard: 'The SMTP Standard (RFC 5321)',
    logFolder: 'Show Log Folder',
  },
};
