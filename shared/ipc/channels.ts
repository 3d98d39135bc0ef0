// The names of the IPC channels, and nothing else, so that the preload can be bundled without the schemas.
// `contract.ts` must have an entry for each name here and no other, or it does not compile.
// Everything travels on one Electron channel, the wire: so a name that nobody knows reaches the router,
// which refuses it and writes it down, where Electron itself would drop it in silence.

export const WIRE = 'winnow';

/** The one message that main sends by itself: a snapshot of everything that moves, at most 5 times a second. */
export const SNAPSHOT = 'winnow:snapshot';

export const CHANNELS = [
  'app.info',
  'app.ready',
  'settings.get',
  'settings.set',
  'preferences.open',
  'monitor.open',
  'monitor.read',
  'addressLists.get',
  'addressLists.choose',
  'addressLists.take',
  'addressLists.remove',
  'log.report',
  'files.open',
  'files.register',
  'files.paste',
  'import.preview',
  'import.start',
  'import.startSeveral',
  'import.cancel',
  'import.report',
  'import.copyReport',
  'import.saveReport',
  'lists.snapshot',
  'lists.delete',
  'lists.undoDelete',
  'lists.restore',
  'storage.read',
  'storage.forgetKnown',
  'run.start',
  'run.pause',
  'run.cancel',
  'run.again',
  'run.move',
  'run.estimate',
  'results.page',
  'results.detail',
  'results.copy',
  'combine.append',
  'combine.merge',
  'combine.split',
  'combine.cancel',
  'export.count',
  'export.choose',
  'export.start',
  'export.cancel',
  'export.show',
  'practice.start',
  'preflight.check',
] as const;

export type Channel = (typeof CHANNELS)[number];
