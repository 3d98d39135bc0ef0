// `winnow check`: offline checks of addresses on standard input, one JSON line for each line, blank ones too.
// No trimming and no extraction: what stands on the line is the address.
import { parseAddress } from '../../../shared/address/parse-address.ts';
import { UserError } from '../../../shared/errors.ts';
import { addressFlags } from '../../../shared/lists/address-flags.ts';
import { statusOf } from '../../../shared/verdict/verdict.ts';
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
    for (const line of lines) out += `${JSON.stringify(checkLine(line))}\n`;
    await writeOut(out);
  }
  return EXIT.done;
}

/** What can be said of an address without asking anybody. A well-formed address is `unknown` and still `pending`. */
export function checkLine(address: string): object {
  const parsed = parseAddress(address);
  if (!parsed.ok) {
    return { address, status: statusOf(parsed.reason), reason: parsed.reason, normalized: null, flags: [], position: parsed.position };
  }
  const { flags, didYouMean } = addressFlags(parsed);
  const own = parsed.smtputf8 ? [...flags, 'smtputf8'] : flags;
  return {
    address,
    status: 'unknown',
    reason: 'pending',
    normalized: parsed.address,
    flags: own,
    ...(didYouMean === null ? {} : { did_you_mean: didYouMean }),
  };
}
