// Kills one victim after the other, each at a moment drawn by lot from those of an undisturbed one, and has what is left
// judged each time. Ends with so many that were killed before their end, with the first problem, or where too few kills
// come in time: that is a problem too.
import type { Draw } from '../faults/draw.ts';
import type { Moment, VictimEnd } from './run-victim.ts';

/** So often a victim may come to its end before it is killed, for each time that it is. */
const MOST_ENDS_A_KILL = 5;

export interface Victim {
  /** `null`: without a kill. */
  readonly run: (moment: Moment | null) => Promise<VictimEnd>;
  /** Where one was left alone. */
  readonly undisturbed: VictimEnd;
  /** What does not hold after that end, in words. */
  readonly judge: (end: VictimEnd) => readonly string[];
}

export interface KillSeries {
  readonly done: number;
  /** Victims that came to their end before their moment. */
  readonly ended: number;
  readonly problems: readonly string[];
}

/** @param next the victim whose turn it is */
export async function killSeries(kills: number, draw: Draw, next: () => Victim): Promise<KillSeries> {
  const problems: string[] = [];
  let done = 0;
  let ended = 0;
  while (done < kills && ended <= kills * MOST_ENDS_A_KILL && problems.length === 0) {
    const { run, undisturbed, judge } = next();
    const kind = draw.pick(['write', 'write', 'line'] as const);
    const moment = { kind, count: draw.between(1, Math.max(1, undisturbed.seen[kind])) };
    const end = await run(moment);
    if (end.killed) done += 1;
    else ended += 1;
    problems.push(...judge(end).map((words) => `${words} (killed at ${JSON.stringify(moment)})`));
  }
  if (done < kills && problems.length === 0) problems.push(`only ${String(done)} of ${String(kills)} kills came in time`);
  return { done, ended, problems };
}
