// What is known of every list without asking the store: the source of each snapshot. Counters and schedule are those of
// the last commit or call that told them. Holds a few numbers a list, never a row.
import type { ListView } from '../../../shared/ipc/lists.ts';
import { enHost as words } from '../../../shared/words/en-host.ts';
import type { Clock } from '../../engine/clock.ts';
import type { SetAsideDestination } from '../../engine/destinations/set-aside.ts';
import type { Counters, ListId, ListSummary, ScheduleSummary } from '../../worker/interface.ts';
import type { RunPhase } from './list-runs.ts';
import { RateMeter } from './rate-meter.ts';

interface Entry {
  summary: ListSummary;
  counters: Counters;
  schedule: ScheduleSummary;
  setAside: readonly SetAsideDestination[];
  readonly meter: RateMeter;
  /** Rows that have a verdict are verified again: those that are due count as open. */
  again: boolean;
}

export class ListBook {
  readonly #clock: Clock;
  readonly #entries = new Map<ListId, Entry>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get ids(): readonly ListId[] {
    return [...this.#entries.keys()];
  }

  summaryOf(listId: ListId): ListSummary | undefined {
    return this.#entries.get(listId)?.summary;
  }

  countersOf(listId: ListId): Counters | undefined {
    return this.#entries.get(listId)?.counters;
  }

  meterOf(listId: ListId): RateMeter | undefined {
    return this.#entries.get(listId)?.meter;
  }

  put(summary: ListSummary, schedule: ScheduleSummary): void {
    const meter = this.#entries.get(summary.id)?.meter ?? new RateMeter(this.#clock);
    this.#entries.set(summary.id, { summary, counters: summary.counters, schedule, setAside: [], meter, again: this.#entries.get(summary.id)?.again ?? false });
  }

  setState(listId: ListId, state: ListSummary['state']): void {
    const entry = this.#entries.get(listId);
    if (entry !== undefined) entry.summary = { ...entry.summary, state };
  }

  setCounters(listId: ListId, counters: Counters): void {
    const entry = this.#entries.get(listId);
    if (entry !== undefined) entry.counters = counters;
  }

  setSchedule(listId: ListId, schedule: ScheduleSummary): void {
    const entry = this.#entries.get(listId);
    if (entry !== undefined) entry.schedule = schedule;
  }

  setSetAside(listId: ListId, setAside: readonly SetAsideDestination[]): void {
    const entry = this.#entries.get(listId);
    if (entry !== undefined) entry.setAside = setAside;
  }

  setAgain(listId: ListId, again: boolean): void {
    const entry = this.#entries.get(listId);
    if (entry !== undefined) entry.again = again;
  }

  committed(listId: ListId, verdicts: number, counters: Counters): void {
    const entry = this.#entries.get(listId);
    entry?.meter.commit(verdicts, openRows(entry.again, counters));
  }

  remove(listId: ListId): void {
    this.#entries.delete(listId);
  }

  /** Newest first. */
  views(phaseOf: (listId: ListId) => RunPhase): ListView[] {
    return [...this.#entries.values()]
      .sort((a, b) => b.summary.id - a.summary.id)
      .map((entry) => this.#view(entry, phaseOf(entry.summary.id)));
  }

  #view({ summary, counters, schedule, setAside, meter, again }: Entry, phase: RunPhase): ListView {
    const running = phase.kind === 'running';
    const nextAtMs = nextRetry(schedule, phase);
    const nextInMs = nextAtMs === null ? null : nextAtMs - this.#clock.epochMs();
    return {
      id: summary.id,
      name: summary.name,
      createdAtMs: summary.createdAtMs,
      practice: summary.practice,
      columns: [...summary.columns],
      addressColumn: summary.addressColumn,
      state: stateOf(summary, phase),
      message: messageOf(phase),
      counters,
      ratePerSec: running ? Math.round(meter.ratePerSec() * 10) / 10 : 0,
      secondsLeft: running ? rounded(meter.secondsLeft(openRows(again, counters), nextInMs)) : null,
      scheduled: { byReason: [...schedule.byReason], nextAtMs },
      setAside: phase.kind === 'idle' || phase.kind === 'failed' ? [] : setAside.filter(({ untilMs }) => untilMs === null || untilMs > this.#clock.epochMs()),
      ...(summary.damage === undefined ? {} : { damaged: { message: summary.damage, backupAtMs: summary.backupAtMs ?? null } }),
      reused: summary.reused ?? 0,
    };
  }
}

function openRows(again: boolean, { byState }: Counters): number {
  return byState.pending + (again ? byState.scheduled : 0);
}

function stateOf(summary: ListSummary, phase: RunPhase): ListView['state'] {
  switch (phase.kind) {
    case 'idle':
      // Imported lists only are known here; `running` without a run of ours: it stopped, or another process is at it.
      return summary.state === 'ready' || summary.state === 'done' ? summary.state : 'paused';
    case 'queued':
      return 'waiting';
    default:
      return phase.kind;
  }
}

function messageOf(phase: RunPhase): string | null {
  if (phase.kind === 'failed') return phase.message;
  return phase.kind === 'queued' ? words.run.queued : null;
}

function nextRetry(schedule: ScheduleSummary, phase: RunPhase): number | null {
  if (phase.kind === 'queued') return null; // the other list decides, not the schedule
  return phase.kind === 'waiting' ? phase.nextAtMs : schedule.nextAtMs;
}

function rounded(seconds: number | null): number | null {
  return seconds === null ? null : Math.round(seconds);
}
