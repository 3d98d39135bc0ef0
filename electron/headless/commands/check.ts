// `winnow check`: offline checks of addresses on standard input, one JSON line for each line, blank ones too.
// No trimming and no extraction: what stands on the line is the address.
import { parseAddress } from '../../../shared/address/parse-address.ts';
import { UserError } from '../../../shared/errors.ts';
import { addressFlags } from '../../../shared/lists/address-flags.ts';
import { FLAGS, statusOf, type Flag } from '../../../shared/verdict/verdict.ts';
import { EXIT } from '../exit-code.ts';
import { parseOptions } from '../parse-options.ts';
import { readLines } from '../read-lines.ts';
import { writeOut } from '../write-lines.ts';

export async function check(args: string[]): Promise<number> {
  const { positionals } = parseOptions(args, {});
  if (positionals.length > 0) {
    throw new UserError('BadUsage', 'winnow check reads addresses from standard input and takes no arguments.');
  }
  for await (const lines of readLines(process.stdin)) {
    let out = '';
    for (const line of lines) out += checkLine(line);
    await writeOut(out);
  }
  return EXIT.done;
}

/**
 * What can be said of an address without asking anybody, as a line of JSON. A well-formed address is `unknown` and still
 * `pending`. Plain ones are written by hand from few pieces, which takes half of the time.
 */
export function checkLine(address: string): string {
  const parsed = parseAddress(address);
  if (!parsed.ok) {
    return `${JSON.stringify({ address, status: statusOf(parsed.reason), reason: parsed.reason, normalized: null, flags: [], position: parsed.position })}\n`;
  }
  const { flags, didYouMean } = addressFlags(parsed);
  // What an address may hold needs no escape in JSON, but for quoted local parts.
  if (didYouMean === null && !parsed.quoted) return HEAD + address + MIDDLE + parsed.address + tailOf(flags);
  const rest = didYouMean === null ? {} : { did_you_mean: didYouMean };
  return `${JSON.stringify({ address, status: 'unknown', reason: 'pending', normalized: parsed.address, flags, ...rest })}\n`;
}

const HEAD = '{"address":"';
const MIDDLE = '","status":"unknown","reason":"pending","normalized":"';
const NO_FLAGS = '","flags":[]}\n';
const ONE_FLAG: ReadonlyMap<Flag, string> = new Map(FLAGS.map((flag) => [flag, `","flags":["${flag}"]}\n`]));

function tailOf(flags: readonly Flag[]): string {
  const [first] = flags;
  if (first === undefined) return NO_FLAGS;
  const known = flags.length === 1 ? ONE_FLAG.get(first) : undefined;
  return known ?? `","flags":${JSON.stringify(flags)}}\n`;
}
