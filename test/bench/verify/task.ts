// What one run of the `verify` benchmark is told, and what it gives back. Crosses between processes as JSON.
import type { FarmTruth } from '../farm/known-recipient.ts';
import type { Watch, Watched } from '../aims/watched-run.ts';

export interface VerifyTask {
  /** The list, and an empty folder for the store. */
  readonly csv: string;
  readonly dir: string;
  readonly dnsPort: number;
  readonly smtpPort: number;
  readonly truth: FarmTruth;
  /** True: a user's rule widens the bounds for the farm's hosts. False: the polite defaults. */
  readonly tolerant: boolean;
  /** False: batches are acknowledged without being sent to the store. */
  readonly commits: boolean;
  /** Verdicts are held against the truth. */
  readonly check: boolean;
  /** What the published aims ask for is watched, too. */
  readonly watch?: Watch;
}

export interface VerifyFigures {
  readonly addresses: number;
  readonly importMs: number;
  /** From the run's start until it is done and all is committed. */
  readonly runMs: number;
  /** CPU within `runMs`. */
  readonly mainCpuMs: number;
  readonly workerCpuMs: number;
  /** Of the whole process: until the import was done, and in all. */
  readonly importPeakRssMb: number;
  readonly peakRssMb: number;
  readonly loopDelayP99Ms: number;
  readonly connections: number;
  readonly flights: number;
  readonly recipients: number;
  readonly closedWith421: number;
  readonly commits: number;
  readonly right: number;
  readonly wrong: number;
  readonly undecided: number;
  readonly watched?: Watched;
}
