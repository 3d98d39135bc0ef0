// What a series of kills is given and tells. The same seed kills at the same counts of events, so that a failure can be
// seen again; what the machine does between two events is its own.
export interface KillOptions {
  readonly kills: number;
  readonly seed: number;
  /** Absolute path of the program that is killed (`bundleVictim`). */
  readonly victim: string;
}

export interface KillReport {
  /** How many victims were killed before they had come to their end. */
  readonly kills: number;
  /** What did not hold, in words; empty if all did. */
  readonly problems: readonly string[];
  readonly detail: Readonly<Record<string, number>>;
}
