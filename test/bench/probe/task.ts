// What every side of the probe's benchmark is given, and what it gives back. The addresses are computed, so that nothing
// big crosses between processes: `user<i>` at one domain a host, under example.net, which no side ever looks up.
import { isKnownRecipient, type FarmTruth } from '../farm/known-recipient.ts';

export interface ProbeTask {
  readonly port: number;
  /** One address and one domain a host. */
  readonly hosts: readonly string[];
  readonly addresses: number;
  /** The number of its first address: no round asks what another asked, for some sides remember verdicts. */
  readonly first: number;
  readonly truth: FarmTruth;
  /** Connections at a time. */
  readonly concurrency: number;
  /** Recipients a flight; the sides that ask one address a connection know none. */
  readonly flight: number;
}

export type Opinion = 'deliverable' | 'undeliverable' | 'undecided';

export interface ProbeFigures {
  /** From the first connect to the last verdict. */
  readonly wholeMs: number;
  /** From the moment at which all connections were greeted; `wholeMs` where they come and go. */
  readonly askingMs: number;
  /** CPU of this process within `wholeMs`, user and system. */
  readonly cpuMs: number;
  readonly right: number;
  readonly wrong: number;
  readonly undecided: number;
}

export type ProbeSide = (task: ProbeTask) => Promise<ProbeFigures>;

export function hostOf(task: ProbeTask, index: number): string {
  return task.hosts[index % task.hosts.length] ?? '';
}

export function domainOf(task: ProbeTask, index: number): string {
  return `d${String(index % task.hosts.length)}.example.net`;
}

/** All addresses of the task as flat strings, as they come from a file (not as concatenations that are still to be made). */
export function addressesOf(task: ProbeTask): readonly string[] {
  const list = Array.from({ length: task.addresses }, (_, i) => `user${String(task.first + i)}@${domainOf(task, i)}`);
  return JSON.parse(JSON.stringify(list)) as string[];
}

/** The IP address of a domain's mail host, which is what a look-up would have come to. */
export function hostOfDomain(task: ProbeTask, domain: string): string {
  return hostOf(task, Number(domain.slice(1, domain.indexOf('.'))));
}

/** Opinions held against the farm's truth; the clock has stopped before. */
export function scored(task: ProbeTask, addresses: readonly string[], opinions: readonly Opinion[]): Pick<ProbeFigures, 'right' | 'wrong' | 'undecided'> {
  const score = { right: 0, wrong: 0, undecided: 0 };
  for (const [i, address] of addresses.entries()) {
    const opinion = opinions[i] ?? 'undecided';
    if (opinion === 'undecided') score.undecided += 1;
    else if ((opinion === 'deliverable') === isKnownRecipient(address, task.truth)) score.right += 1;
    else score.wrong += 1;
  }
  return score;
}

/** Milliseconds of wall and CPU since it was made. */
export function stopwatch(): { readonly wallMs: () => number; readonly cpuMs: () => number } {
  const startedMs = performance.now();
  const cpu = process.cpuUsage();
  return {
    wallMs: () => performance.now() - startedMs,
    cpuMs: () => {
      const { user, system } = process.cpuUsage(cpu);
      return (user + system) / 1000;
    },
  };
}
