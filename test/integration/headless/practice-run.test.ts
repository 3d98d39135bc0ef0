// The main job as a user runs it: the sample list against the practice world, every row as expected; the same after
// kill -9 in the middle, and after Ctrl-C. Beside each other, because each waits for its retries most of the time.
import { describe, it, type TestContext } from 'vitest';
import { COMMITTED, SAMPLE, sampleJob, type JobSummary, type SampleJob } from '../../lab/sample-job.ts';
import { readCsv } from '../../lab/sample-expectations.ts';
import { runWinnow, startWinnow } from '../../lab/winnow.ts';

/** Three jobs at once, one of them from its start twice. */
const LIMIT_MS = 240_000;

/** Removed at the end of that test. */
function newJob(onTestFinished: TestContext['onTestFinished']): SampleJob {
  const job = sampleJob();
  onTestFinished(() => { job.remove(); });
  return job;
}

describe.concurrent('winnow verify sample-practice.csv --practice', { timeout: LIMIT_MS }, () => {
  it('gives every row the expected status and reason, and every original cell back', async ({ expect, onTestFinished }) => {
    const { args, out, expectComplete } = newJob(onTestFinished);
    const { code, stdout, stderr } = await runWinnow(args);
    expect(stderr).toContain('practice');
    expect(code).toBe(0);
    expectComplete(stdout);
    const original = readCsv(SAMPLE);
    readCsv(out).forEach((row, index) => {
      for (const [column, cell] of Object.entries(original[index] ?? {})) expect(unguarded(row[column])).toBe(cell);
    });
  });

  it('gives the same after kill -9 half way and --resume', async ({ expect, onTestFinished }) => {
    const { args, expectComplete } = newJob(onTestFinished);
    const first = startWinnow(args);
    await first.said(COMMITTED);
    first.child.kill('SIGKILL');
    expect((await first.done).signal).toBe('SIGKILL');
    const { code, stdout, stderr } = await runWinnow([...args, '--resume']);
    expect(stderr).toContain('going on with list');
    expect(code).toBe(0);
    expectComplete(stdout);
  });

  it('stops cleanly on Ctrl-C with exit code 3, and --resume goes on', async ({ expect, onTestFinished }) => {
    const { args, expectComplete } = newJob(onTestFinished);
    const first = startWinnow(args);
    await first.said(COMMITTED);
    first.child.kill('SIGINT');
    const stopped = await first.done;
    expect(stopped.code).toBe(3);
    expect(stopped.stderr).toContain('stopped by Ctrl-C');
    expect((JSON.parse(stopped.stdout) as JobSummary).state).toBe('paused');
    const { code, stdout } = await runWinnow([...args, '--resume']);
    expect(code).toBe(0);
    expectComplete(stdout);
  });
});

/** Export is spreadsheet-safe by default: a cell that a spreadsheet would run has an apostrophe in front. */
function unguarded(cell: string | undefined): string | undefined {
  return cell?.replace(/^'(?=[=+\-@\t\r'])/, '');
}
