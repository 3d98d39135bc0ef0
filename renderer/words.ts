// The catalogue of the language that the window is shown in. English is the only one yet.
import { en } from '../shared/words/en.ts';
import type { Words } from '../shared/words/words.ts';

export const words: Words = en;
