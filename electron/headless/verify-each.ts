// What `winnow verify` was given as lists: one or several files, folders of them, or standard input (`-`). Each file is a
// list of its own and they are verified one after the other, or all of them are one list (--together).
// Nothing is opened before all of it has been looked at.
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UserError } from '../../shared/errors.ts';
import { pastedName } from '../../shared/words/en-paste.ts';
import { collectLists } from '../host/collect-lists.ts';
import { EXIT } from './exit-code.ts';
import type { VerifyOptions } from './verify-options.ts';

/** More is no list that somebody pastes. */
const MAX_PASTED_BYTES = 256 * 1_048_576;
const STANDARD_INPUT = '-';

/** `verifyOne` verifies one list and answers its exit code; the answer is the worst of them. Throws BadUsage, FileNotFound,
 *  FileUnreadable, FileEmpty. `say`: for people. */
export async function verifyEach(options: VerifyOptions, say: (line: string) => void, verifyOne: (options: VerifyOptions) => Promise<number>): Promise<number> {
  const { inputs, together } = options;
  if (inputs.includes(STANDARD_INPUT)) return await verifyOne(await pasted(options));
  const { lists, ignored } = await collectLists(inputs);
  for (const { path, why } of ignored) say(`passed over: ${path} (${why})`);
  const [first = options.listPath] = lists;
  if (together && lists.length > 1) {
    const name = inputs.length === 1 ? basename(options.listPath) : `${basename(first)} and ${String(lists.length - 1)} more`;
    return await verifyOne({ ...options, reading: { ...options.reading, together: lists, name } });
  }
  if (lists.length === 1) return await verifyOne({ ...options, listPath: first });

  const outs = await outsOf(lists, options);
  let worst: number = EXIT.done;
  for (const [index, listPath] of lists.entries()) {
    say(`list ${String(index + 1)} of ${String(lists.length)}: ${listPath}`);
    const code = await verifyOne({ ...options, listPath, out: outs?.[index] });
    worst = Math.max(worst, code);
    // Ctrl-C, a full disk or a lost network would end the next one too.
    if (code === EXIT.paused) break;
  }
  return worst;
}

async function pasted(options: VerifyOptions): Promise<VerifyOptions> {
  if (options.inputs.length > 1) throw new UserError('BadUsage', 'Standard input (-) is one list, and goes with no other.');
  if (options.resume) throw new UserError('BadUsage', 'Standard input cannot be gone on with: use --resume with the LIST of a file.');
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_PASTED_BYTES) throw new UserError('BadUsage', 'Standard input holds more than 256 MiB: put it into a file and name that.');
    chunks.push(chunk);
  }
  const name = pastedName(new Date());
  return { ...options, listPath: name, reading: { ...options.reading, name, text: Buffer.concat(chunks).toString('utf8') } };
}

/** A file for each list in the folder that --out names: `contacts-verified.csv`. */
async function outsOf(lists: readonly string[], { out }: VerifyOptions): Promise<readonly string[] | undefined> {
  if (out === undefined) return undefined;
  const isFolder = await stat(out).then((found) => found.isDirectory(), () => false);
  if (!isFolder) throw new UserError('BadUsage', `${String(lists.length)} lists need --out to be a folder that is there (${out} is none), or --together to be one list.`);
  const names = new Map<string, number>();
  return lists.map((list) => {
    const plain = basename(list).replace(/(\.[a-z]{2,6})?(\.gz)?$/i, '');
    const time = (names.get(plain) ?? 0) + 1;
    names.set(plain, time);
    return join(out, `${plain}${time === 1 ? '' : `-${String(time)}`}-verified.csv`);
  });
}
