// Every pattern that a reply may be held against, for compiling them ahead of the first reply. Judges nothing.
import { PROVIDER_RULES } from './provider-rules.ts';
import { MESSAGE_REFUSED } from './words-about-content.ts';
import { WORDS_ABOUT_RECIPIENT, WORDS_FOR_BUSY_RECIPIENT } from './words-about-recipient.ts';
import { WORDS_ABOUT_SERVER } from './words-about-server.ts';
import { WORDS_ABOUT_US } from './words-about-us.ts';

export function everyPattern(): RegExp[] {
  const rules = [...WORDS_FOR_BUSY_RECIPIENT, ...WORDS_ABOUT_US, ...WORDS_ABOUT_RECIPIENT, ...WORDS_ABOUT_SERVER, MESSAGE_REFUSED];
  const words = rules.flatMap(({ when, unless }) => (unless === undefined ? [when] : [when, unless]));
  return [...PROVIDER_RULES.map(({ when }) => when), ...words];
}
