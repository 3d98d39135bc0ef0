// What this process holds: sockets, timers and other handles, open files, memory. Taken before and after the work, it shows
// what was left behind. Needs --expose-gc: memory that nobody holds any more is no leftover.
import { readdirSync } from 'node:fs';

export interface Footprint {
  readonly handles: Readonly<Record<string, number>>;
  /** Open files and sockets by the kernel's count; 0 where it does not say. */
  readonly files: number;
  /** Heap, buffers and all else that the runtime counts, after collection. */
  readonly memoryMb: number;
  readonly rssMb: number;
}

/** Compiled code and what the runtime learns of it grow for some minutes (measured: 5 MB), then no more; a leak of a hundred
 *  octets an address would be 100 MB in a million. */
const MEMORY_SLACK_MB = 16;
/** What the system holds for us: pages that are in part empty, of this thread's heap and of the allocator that threads
 *  which have ended leave behind (measured: 6 MB from run to run, whatever their number). Where V8 was not asked for its
 *  empty pages, it kept up to 190 MB of them after a run. */
const RSS_SLACK_MB = 48;
/** A closing socket needs some turns of the loop. */
const SETTLE_MS = 1_000;

export async function footprint(): Promise<Footprint> {
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  for (let i = 0; i < 3; i += 1) {
    // Of the kind that also gives empty pages back to the system.
    await globalThis.gc?.({ type: 'major', execution: 'async', flavor: 'last-resort' });
    await new Promise(setImmediate);
  }
  const handles: Record<string, number> = {};
  for (const name of process.getActiveResourcesInfo()) handles[name] = (handles[name] ?? 0) + 1;
  const { heapUsed, external, rss } = process.memoryUsage();
  const mb = (bytes: number) => Math.round(bytes / 2 ** 20);
  return { handles, files: openFiles(), memoryMb: mb(heapUsed + external), rssMb: mb(rss) };
}

/** What is more afterwards than before, in words. */
export function leftovers(before: Footprint, after: Footprint): string[] {
  const found: string[] = [];
  for (const [name, count] of Object.entries(after.handles)) {
    const had = before.handles[name] ?? 0;
    if (count > had) found.push(`${String(count - had)} more ${name}`);
  }
  if (after.files > before.files) found.push(`${String(after.files - before.files)} more open files`);
  if (after.memoryMb > before.memoryMb + MEMORY_SLACK_MB) found.push(`${String(after.memoryMb - before.memoryMb)} MB more memory`);
  if (after.rssMb > before.rssMb + RSS_SLACK_MB) found.push(`${String(after.rssMb - before.rssMb)} MB more of the system's memory`);
  return found;
}

function openFiles(): number {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return 0;
  }
}
