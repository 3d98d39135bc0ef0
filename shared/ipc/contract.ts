// The IPC contract: for each channel the schema of what goes in and of what comes out.
// The router parses with it, the preload and the renderer are typed from it: they cannot drift apart.
// Strings are bounded, because the sender may be a compromised page.
import { z } from 'zod';
import { exportForm } from '../export/export-form.ts';
import { settingsSchema } from '../settings/schema.ts';
import { addressListChoice, addressListsState, listKind } from './address-lists.ts';
import type { Channel } from './channels.ts';
import { appendRequest, combineTask, mergeRequest, splitRequest } from './combine.ts';
import { chosenFiles, importReport, MAX_FILES, severalRequest } from './imports.ts';
import { againRequest, estimate, estimateRequest, moveRequest } from './jobs.ts';
import {
  exportChoice,
  exportKind,
  exportTarget,
  fileRef,
  importPreview,
  listId,
  pageRequest,
  readingOptions,
  resultDetail,
  resultPage,
  rowSelection,
  snapshot,
} from './lists.ts';
import { monitorReading } from './monitor.ts';
import { preflightReport } from '../preflight/report.ts';

const nothing = z.undefined();

const appInfo = z.strictObject({
  name: z.string().min(1),
  version: z.string().min(1),
  electron: z.string().min(1),
  chrome: z.string().min(1),
  node: z.string().min(1),
});

const settingsState = z.strictObject({
  settings: settingsSchema,
  /** Name of the file that a broken settings file was set aside as at this start, or null. */
  setAsideAs: z.string().nullable(),
});

const storageState = z.strictObject({
  /** Verdicts that are remembered for other lists. */
  knownVerdicts: z.int().min(0),
  backups: z.int().min(0),
  backupBytes: z.int().min(0),
  /** The kind of network drive that the lists lie on, or null. */
  networkDrive: z.string().nullable(),
});

const rendererReport = z.strictObject({
  /** Where it was caught. */
  source: z.enum(['react', 'window', 'promise']),
  message: z.string().max(2_000),
  stack: z.string().max(8_000).optional(),
});

export const CONTRACT = {
  'app.info': { input: nothing, output: appInfo },
  /** Said once by a page when its first view with real data is on the screen. */
  'app.ready': { input: nothing, output: nothing },
  'settings.get': { input: nothing, output: settingsState },
  /** Replaces all settings: a field that is left out goes back to its default. Answers what is now in force. */
  'settings.set': { input: settingsSchema, output: settingsSchema },
  'preferences.open': { input: nothing, output: nothing },
  'monitor.open': { input: nothing, output: nothing },
  'monitor.read': { input: nothing, output: monitorReading },
  'addressLists.get': { input: nothing, output: addressListsState },
  /** Shows the open dialog for a list of this kind, reads the file completely, and takes it if every line can be used. */
  'addressLists.choose': { input: z.strictObject({ kind: listKind }), output: addressListChoice },
  /** Takes a chosen file without its faulty lines. */
  'addressLists.take': { input: z.strictObject({ kind: listKind, fileId: z.uuid() }), output: addressListsState },
  /** Forgets the user's file: the built-in list is in force again, where there is one. */
  'addressLists.remove': { input: z.strictObject({ kind: listKind }), output: addressListsState },
  /** Shows the open dialog, for one or several files. */
  'files.open': { input: nothing, output: chosenFiles },
  /** Called by the preload only, with the paths of dropped files and folders; the page passes File objects. */
  'files.register': { input: z.strictObject({ paths: z.array(z.string().min(1).max(8_192)).min(1).max(MAX_FILES) }), output: chosenFiles },
  /** Takes the clipboard's text as a file that is in memory only. */
  'files.paste': { input: nothing, output: fileRef },
  'import.preview': { input: z.strictObject({ fileId: z.uuid(), reading: readingOptions }), output: importPreview },
  'import.start': { input: z.strictObject({ fileId: z.uuid(), reading: readingOptions }), output: z.strictObject({ importId: z.uuid() }) },
  /** One id for each list that will come of it, in the order of the files. */
  'import.startSeveral': { input: severalRequest, output: z.strictObject({ importIds: z.array(z.uuid()) }) },
  'import.cancel': { input: z.strictObject({ importId: z.uuid() }), output: nothing },
  'import.report': { input: z.strictObject({ importId: z.uuid() }), output: importReport },
  /** Puts the whole report on the clipboard. */
  'import.copyReport': { input: z.strictObject({ importId: z.uuid() }), output: nothing },
  /** Shows the save dialog; null if the user cancelled. */
  'import.saveReport': { input: z.strictObject({ importId: z.uuid() }), output: z.strictObject({ name: z.string() }).nullable() },
  'lists.snapshot': { input: nothing, output: snapshot },
  /** Its run and its exports end first. */
  'lists.delete': { input: z.strictObject({ listId }), output: z.strictObject({ stoppedExports: z.int().min(0) }) },
  'lists.undoDelete': { input: z.strictObject({ listId }), output: nothing },
  /** Puts the newest good copy in the place of the list's file, which is set aside. */
  'lists.restore': { input: z.strictObject({ listId }), output: z.strictObject({ atMs: z.int().min(0) }) },
  'storage.read': { input: nothing, output: storageState },
  /** Forgets the verdicts that are remembered for other lists. */
  'storage.forgetKnown': { input: nothing, output: storageState },
  /** Starts or goes on. `dns`: syntax and DNS only, no mail server is asked; the rest stays open for a full run. */
  'run.start': { input: z.strictObject({ listId, mode: z.enum(['full', 'dns']).optional() }), output: nothing },
  'run.pause': { input: z.strictObject({ listId }), output: nothing },
  /** Ends the run: what was verified stays, what is scheduled is not asked any more. */
  'run.cancel': { input: z.strictObject({ listId }), output: nothing },
  /** Verifies rows again that have a verdict; it stays until a new one is there. */
  'run.again': { input: againRequest, output: nothing },
  /** Changes when a list that waits for its turn is asked about. */
  'run.move': { input: moveRequest, output: nothing },
  /** What starting a list would mean. Asks nothing but DNS. */
  'run.estimate': { input: estimateRequest, output: estimate },
  'results.page': { input: pageRequest, output: resultPage },
  'results.detail': { input: z.strictObject({ listId, row: z.int().min(1) }), output: resultDetail },
  /** Puts the addresses of the selected rows on the clipboard, one a line; a bounded number of them. */
  'results.copy': { input: z.strictObject({ listId, rule: rowSelection }), output: z.strictObject({ copied: z.int().min(0), selected: z.int().min(0) }) },
  /** Adds the rows of a file to a list. */
  'combine.append': { input: appendRequest, output: combineTask },
  'combine.merge': { input: mergeRequest, output: combineTask },
  'combine.split': { input: splitRequest, output: combineTask },
  'combine.cancel': { input: combineTask, output: nothing },
  'export.count': { input: exportChoice, output: z.strictObject({ rows: z.int().min(0) }) },
  /** Shows the save dialog; null if the user cancelled. */
  'export.choose': {
    input: z.strictObject({ listId, kind: exportKind, statuses: exportChoice.shape.statuses, filePerStatus: z.boolean().optional() }),
    output: exportTarget.nullable(),
  },
  'export.start': {
    /** `selection`: of these rows only; a summary is of the whole list. */
    input: z.strictObject({ listId, targetId: z.uuid(), kind: exportKind, form: exportForm, selection: exportChoice.shape.selection }),
    output: z.strictObject({ exportId: z.uuid() }),
  },
  'export.cancel': { input: z.strictObject({ exportId: z.uuid() }), output: nothing },
  /** Shows the exported file in its folder. */
  'export.show': { input: z.strictObject({ exportId: z.uuid() }), output: nothing },
  /** Imports the sample list as practice and opens the practice world for it. */
  'practice.start': { input: nothing, output: z.strictObject({ listId }) },
  /** Whether this machine and this network are fit to ask mail servers; `fresh`: found out anew. */
  'preflight.check': { input: z.strictObject({ practice: z.boolean(), fresh: z.boolean() }), output: preflightReport },
  'log.report': { input: rendererReport, output: nothing },
} as const satisfies Readonly<Record<Channel, { input: z.ZodType; output: z.ZodType }>>;

export type Contract = typeof CONTRACT;

/** What a caller passes. */
export type ChannelInput<C extends Channel> = z.input<Contract[C]['input']>;
/** What a handler gets: parsed, defaults filled in. */
export type ChannelParsed<C extends Channel> = z.output<Contract[C]['input']>;
export type ChannelOutput<C extends Channel> = z.output<Contract[C]['output']>;
