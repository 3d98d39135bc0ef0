// The names of the IPC channels, and nothing else, so that the preload can be bundled without the schemas.
// `contract.ts` must have an entry for each name here and no other, or it does not compile.
// Everything travels on one Electron channel, the wire: so a name that nobody knows reaches the router,
// which refuses it and writes it down, where Electron itself would drop it in silence.

export const WIRE = 'winnow';

export const CHANNELS = ['app.info', 'app.ready', 'settings.get', 'settings.set', 'log.report'] as const;

export type Channel = (typeof CHANNELS)[number];
