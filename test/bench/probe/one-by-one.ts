// How the sides that know no flights are run: so many at a time, each address by itself, no pause between.
import { addressesOf, scored, stopwatch, type Opinion, type ProbeFigures, type ProbeTask } from './task.ts';

export async function runOneByOne(task: ProbeTask, ask: (address: string, index: number) => Promise<Opinion>): Promise<ProbeFigures> {
  const addresses = addressesOf(task);
  const opinions: Opinion[] = new Array<Opinion>(addresses.length).fill('undecided');
  const watch = stopwatch();
  let next = 0;
  await Promise.all(
    Array.from({ length: task.concurrency }, async () => {
      while (next < addresses.length) {
        const index = next;
        next += 1;
        opinions[index] = await ask(addresses[index] ?? '', index);
      }
    }),
  );
  const wholeMs = watch.wallMs();
  return { wholeMs, askingMs: wholeMs, cpuMs: watch.cpuMs(), ...scored(task, addresses, opinions) };
}
