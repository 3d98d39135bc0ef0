// Notices that this machine was asleep or is in another network (faults row 58): its connections are dead or dying then,
// and what fails on them says nothing about any server. Looks every second, and whenever somebody has a failure at hand:
// after a sleep all deadlines are due at once, and no failure may be believed before it was looked.
// Always holds: tells once, and then no more. The clock's two times go apart where the machine sleeps (Linux), or go on
// together with a gap between two looks (macOS, Windows; a stopped process). Never waits and never opens a socket.
import type { Clock } from '../clock.ts';

export interface NetworkWatchOptions {
  readonly clock: Clock;
  /** This machine's own addresses as one text; '' where it is in no network. */
  readonly localAddresses: () => string;
  /** Called once, with what happened in plain words. */
  readonly onChange: (what: string) => void;
}

export interface NetworkWatch {
  /** Looks now. True: connections from before are not to be believed. */
  hasChanged(): boolean;
  close(): void;
}

const LOOK_EVERY_MS = 1_000;
/** The wall clock ran ahead of the monotonic one by more than any correction of it. */
const LONGEST_CORRECTION_MS = 5_000;
/** Between two looks; a loop that was only busy is never that late. */
const LONGEST_GAP_MS = 15_000;
/** Failures may come by the thousand; addresses are read from the system so many times in so long. Never only by time: the
 *  first failure after a change may come at once. */
const READS = 5;
const IN_MS = 100;

export function createNetworkWatch({ clock, localAddresses, onChange }: NetworkWatchOptions): NetworkWatch {
  const addressesAtFirst = localAddresses();
  let lookedAtMs = clock.monotonicMs();
  let lookedAtEpochMs = clock.epochMs();
  let countedFromMs = lookedAtMs;
  let reads = 0;
  let changed = false;
  let closed = false;
  let cancel = later();

  function later(): () => void {
    return clock.after(LOOK_EVERY_MS, () => {
      hasChanged();
      if (!changed && !closed) cancel = later();
    }, { unref: true });
  }

  function hasChanged(): boolean {
    if (changed || closed) return changed;
    const nowMs = clock.monotonicMs();
    const epochMs = clock.epochMs();
    const gapMs = nowMs - lookedAtMs;
    const aheadMs = epochMs - lookedAtEpochMs - gapMs;
    lookedAtMs = nowMs;
    lookedAtEpochMs = epochMs;
    if (gapMs > LONGEST_GAP_MS || aheadMs > LONGEST_CORRECTION_MS) tell('this machine was asleep');
    else if (mayRead(nowMs)) {
      if (localAddresses() !== addressesAtFirst) tell('this machine is in another network');
    }
    return changed;
  }

  function mayRead(nowMs: number): boolean {
    if (nowMs - countedFromMs >= IN_MS) {
      countedFromMs = nowMs;
      reads = 0;
    }
    reads += 1;
    return reads <= READS;
  }

  function tell(what: string): void {
    changed = true;
    cancel();
    onChange(what);
  }

  return {
    hasChanged,
    close() {
      closed = true;
      cancel();
    },
  };
}
