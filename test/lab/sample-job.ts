// A job over the sample list in the practice world, as tests of the command line run it: its arguments, its store and what
// it gives out, each in a folder of its own. What a job must have come to is judged in one place.
// Several may run beside each other.
import { join } from 'node:path';
import { expect } from 'vitest';
import { differences, readCsv } from './sample-expectations.ts';
import { temporaryFolder } from './winnow.ts';

export const SAMPLE = join(import.meta.dirname, '../fixtures/sample-practice.csv');

/** The first verdicts are committed, and most are still to come. */
export const COMMITTED = /\] [1-9]\d*\/\d+ {2}deliverable/;

export interface JobSummary {
  readonly state: string;
  readonly rows: number;
  readonly scheduled: number;
  readonly pending: number;
  readonly practiceWorld: { readonly violations: readonly string[] };
}

export interface SampleJob {
  /** `verify` over the whole sample, with a summary in JSON. */
  readonly args: readonly string[];
  readonly store: string;
  /** The export. */
  readonly out: string;
  /** Every row has the verdict that the sample expects of it, and no server met anything it should not.
   *  @param stdout of the command that came to the end */
  readonly expectComplete: (stdout: string) => void;
  readonly remove: () => void;
}

export function sampleJob(): SampleJob {
  const folder = temporaryFolder();
  const out = join(folder.dir, 'out.csv');
  const store = join(folder.dir, 'store');
  return {
    args: ['verify', SAMPLE, '--practice', '--store', store, '--out', out, '--json'],
    store,
    out,
    expectComplete(stdout) {
      const rows = readCsv(out);
      expect(differences(rows)).toEqual([]);
      const summary = JSON.parse(stdout) as JobSummary;
      expect(summary).toMatchObject({ state: 'done', scheduled: 0, pending: 0, rows: readCsv(SAMPLE).length, practiceWorld: { violations: [] } });
      expect(rows).toHaveLength(summary.rows);
    },
    remove: () => {
      folder.remove();
    },
  };
}
