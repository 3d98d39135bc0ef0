// The type of the one object that the preload puts into the page, derived from the contract:
// channel `settings.get` is method `settingsGet`. A channel without its method does not compile, nor the other way round.
import type { Answer } from './answer.ts';
import type { Channel } from './channels.ts';
import type { ChannelInput, ChannelOutput } from './contract.ts';

export type MethodName<C extends Channel> = C extends `${infer Area}.${infer Verb}` ? `${Area}${Capitalize<Verb>}` : never;

type Arguments<C extends Channel> = [ChannelInput<C>] extends [undefined] ? [] : [input: ChannelInput<C>];

export type WinnowApi = Readonly<{
  [C in Channel as MethodName<C>]: (...args: Arguments<C>) => Promise<Answer<ChannelOutput<C>>>;
}>;
