// An option's value that must be one of a few words, in any case, with an error that names them.
import { UserError } from '../../shared/errors.ts';

/** Throws BadUsage. `option`: as it is typed, `--format`. */
export function oneOf<T extends string>(option: string, text: string, choices: readonly T[]): T {
  const word = text.trim().toLowerCase();
  const found = choices.find((choice) => choice === word);
  if (found === undefined) throw new UserError('BadUsage', `${option} does not know "${text}". Choices: ${choices.join(', ')}.`);
  return found;
}
