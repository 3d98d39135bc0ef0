// Does once what the first verdict of a process would otherwise wait for: the classifier's patterns are compiled and the
// lists unpacked, a tenth of a second or two of the main thread, in steps that leave the loop to others between them.
// A host calls it while it has nothing else to do (during an import); a run awaits it before its first connection.
// Changes no result; the second call is free.
import { parseAddress } from '../../../shared/address/parse-address.ts';
import { BUILT_IN_LISTS, type AddressLists } from '../../../shared/lists/address-lists.ts';
import { classifyReply } from '../classify/classify-reply.ts';
import { everyPattern } from '../classify/every-pattern.ts';
import { keepHeapLean } from './keep-heap-lean.ts';

/** Patterns are compiled when they are first tried, to machine code when they are tried again. */
const TRIES = 3;
/** Says nothing that any rule knows, so that all of it is read. */
const NOTHING = 'qzx';

let warming: Promise<void> | null = null;

/** Resolves when all is done; never rejects. */
export function warmUpEngine(lists: Pick<AddressLists, 'flagsOf'> = BUILT_IN_LISTS): Promise<void> {
  warming ??= takeSteps(lists);
  return warming;
}

async function takeSteps(lists: Pick<AddressLists, 'flagsOf'>): Promise<void> {
  for (const step of steps(lists)) {
    step();
    await new Promise((resolve) => setImmediate(resolve));
  }
  // Now that what stays for good is there.
  keepHeapLean();
}

function* steps(lists: Pick<AddressLists, 'flagsOf'>): Generator<() => void> {
  for (const pattern of everyPattern()) {
    yield () => {
      for (let i = 0; i < TRIES; i += 1) pattern.test(NOTHING);
    };
  }
  for (let i = 0; i < TRIES; i += 1) {
    yield () => {
      // Different each time, as answers are remembered.
      classifyReply({ reply: { code: 550, enhanced: null, text: `${NOTHING} ${String(i)}` }, stage: 'RCPT' });
      classifyReply({ reply: { code: 450, enhanced: null, text: `${NOTHING} ${String(i)}` }, stage: 'RCPT' });
    };
    yield () => {
      const parsed = parseAddress(`${NOTHING}${String(i)}@warm-up.invalid`);
      if (parsed.ok) lists.flagsOf(parsed);
    };
  }
}
