// The IPC contract: for each channel the schema of what goes in and of what comes out.
// The router parses with it, the preload and the renderer are typed from it: they cannot drift apart.
// Strings are bounded, because the sender may be a compromised page.
import { z } from 'zod';
import { settingsSchema } from '../settings/schema.ts';
import type { Channel } from './channels.ts';

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
  'log.report': { input: rendererReport, output: nothing },
} as const satisfies Readonly<Record<Channel, { input: z.ZodType; output: z.ZodType }>>;

export type Contract = typeof CONTRACT;

/** What a caller passes. */
export type ChannelInput<C extends Channel> = z.input<Contract[C]['input']>;
/** What a handler gets: parsed, defaults filled in. */
export type ChannelParsed<C extends Channel> = z.output<Contract[C]['input']>;
export type ChannelOutput<C extends Channel> = z.output<Contract[C]['output']>;
