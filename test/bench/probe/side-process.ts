// One side of the benchmark in a process of its own, as the others: given tasks over IPC, it answers each with figures.
import { naive } from './naive-side.ts';
import { devmehq, emailcheck } from './peer-sides.ts';
import type { ProbeSide, ProbeTask } from './task.ts';
import { winnow } from './winnow-side.ts';

const SIDES: Readonly<Record<string, ProbeSide>> = { winnow, naive, devmehq, emailcheck };

const side = SIDES[process.argv[2] ?? ''];
if (side === undefined) throw new Error('A side that is none');

process.on('disconnect', () => process.exit());
process.on('message', (task: ProbeTask) => {
  void side(task).then((figures) => process.send?.(figures));
});
