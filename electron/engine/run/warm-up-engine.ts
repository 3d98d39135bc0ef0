// Does once what the first verdict of a process would otherwise wait for: the classifier's patterns are compiled and the
// lists unpacked, a tenth of a second or two of the main thread. A host calls it while it has nothing else to do (during
// an import); a run calls it before its first connection. Changes no result; the second call is free.
import { parseAddress } from '../../../shared/address/parse-address.ts';
import { BUILT_IN_LISTS, type AddressLists } from '../../../shared/lists/address-lists.ts';
import { classifyReply } from '../classify/classify-reply.ts';

/** Patterns are compiled when they are first tried, to machine code when they are tried again. */
const TRIES = 3;

let isWarm = false;

export function warmUpEngine(lists: Pick<AddressLists, 'flagsOf'> = BUILT_IN_LISTS): void {
  if (isWarm) return;
  isWarm = true;
  for (let i = 0; i < TRIES; i += 1) {
    // Says nothing that any rule knows, so that all of them are tried; different each time, as answers are remembered.
    classifyReply({ reply: { code: 550, enhanced: null, text: `qzx ${String(i)}` }, stage: 'RCPT' });
    classifyReply({ reply: { code: 450, enhanced: null, text: `qzx ${String(i)}` }, stage: 'RCPT' });
    const parsed = parseAddress(`qzx${String(i)}@warm-up.invalid`);
    if (parsed.ok) lists.flagsOf(parsed);
  }
}
