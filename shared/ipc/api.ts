// The type of the one object that the preload puts into the page, derived from the contract:
// channel `settings.get` is method `settingsGet`. A channel without its method does not compile, nor the other way round.
import type { Answer } from './answer.ts';
import type { Channel } from './channels.ts';
import type { ChannelInput, ChannelOutput } from './contract.ts';
import type { Snapshot } from './lists.ts';

export type MethodName<C extends Channel> = C extends `${infer Area}.${infer Verb}` ? `${Area}${Capitalize<Verb>}` : never;

type Arguments<C extends Channel> = [ChannelInput<C>] extends [undefined] ? [] : [input: ChannelInput<C>];

/** A DOM `File`, as far as this folder may know it. */
export interface DroppedFile {
  readonly name: string;
  readonly size: number;
}

/** Beyond one function a channel: dropped files (the page passes File objects, never a path) and the snapshots. */
interface Extras {
  /** The path of a `File` cannot be invented by the page: the preload asks Electron for it. */
  readonly filesDrop: (files: readonly DroppedFile[]) => Promise<Answer<ChannelOutput<'files.register'>>>;
  /** Calls back with each snapshot from main; returns how to stop. One kind of message, and no other can be listened to. */
  readonly onSnapshot: (callback: (snapshot: Snapshot) => void) => () => void;
}

export type WinnowApi = Readonly<
  {
    [C in Exclude<Channel, 'files.register'> as MethodName<C>]: (...args: Arguments<C>) => Promise<Answer<ChannelOutput<C>>>;
  } & Extras
>;
