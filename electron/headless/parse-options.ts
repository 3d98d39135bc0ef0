// Command-line options with errors that a person understands. A thin layer over node:util's parseArgs.
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UserError } from '../../shared/errors.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** Values of the options and the positional arguments; throws `BadUsage` for anything unknown. */
export function parseOptions<T extends Options>(args: string[], options: T) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UserError('BadUsage', `${error instanceof Error ? error.message : String(error)} See "winnow help".`, { cause: error });
  }
}

/** A port number, or `BadUsage` naming the option. */
export function parsePort(text: string, option: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535) {
    throw new UserError('BadUsage', `${option} takes a port from 1 to 65535, not "${text}".`);
  }
  return port;
}
