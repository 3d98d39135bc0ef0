// Where the built-in lists come from and of which day they are, for the user to see.
// The days are those of the packages' releases; what was compiled by hand bears the day it was last looked through.
import { DISPOSABLE_SOURCE } from './disposable-domains.ts';
import { FREE_SOURCE } from './free-domains.ts';
import type { ListSource } from './list-kinds.ts';
import { NO_REPLY_SOURCE } from './no-reply-local.ts';
import { roleSource } from './role-locals.ts';

export function builtInSources(): readonly ListSource[] {
  return [
    { kind: 'disposable', ...DISPOSABLE_SOURCE, custom: false },
    { kind: 'free', ...FREE_SOURCE, custom: false },
    { kind: 'role', ...roleSource(), custom: false },
    { kind: 'no_reply', ...NO_REPLY_SOURCE, custom: false },
  ];
}
