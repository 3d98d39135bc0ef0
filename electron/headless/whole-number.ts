// An option's value that must be a whole number within bounds, with an error that names them.
import { UserError } from '../../shared/errors.ts';

/** Undefined where the option was not given. Throws BadUsage. */
export function wholeNumber(option: string, text: string | undefined, { least = 0, most }: { readonly least?: number; readonly most: number }): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!/^\d{1,15}$/.test(text) || number < least || number > most) {
    throw new UserError('BadUsage', `${option} takes a whole number from ${String(least)} to ${String(most)}, not "${text}".`);
  }
  return number;
}
