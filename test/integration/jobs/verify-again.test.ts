// `winnow verify --again`, as a user runs it: a stored list is verified again, and every row has the verdict that it should
// have, also where the process was killed in the middle of it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleJob, type SampleJob } from '../../lab/sample-job.ts';
import { runWinnow, startWinnow } from '../../lab/winnow.ts';

describe('winnow verify --again', () => {
  let job: SampleJob;
  let args: readonly string[];

  beforeEach(() => {
    job = sampleJob();
    ({ args } = job);
  });

  afterEach(() => {
    job.remove();
  });

  it('asks only about those that are meant, and comes to the right verdicts again after kill -9 half way', async () => {
    expect((await runWinnow(args)).code).toBe(0);

    const older = await runWinnow([...args, '--again', 'older-than:1']);
    expect(older.stderr).toContain('0 rows are verified again');
    expect(older.code).toBe(0);

    // By rule: the same rows as `winnow query` finds, but for duplicates, which have no verdict of their own.
    const rule = ['--reason', 'accepted', '--domain', 'brightmail.test'];
    expect(Number(/(\d+) rows are verified again/.exec((await runWinnow([...args, '--again', 'selected', ...rule])).stderr)?.[1])).toBe(
      Number((await runWinnow(['query', '1', '--store', job.store, '--count', '--duplicates', 'without', ...rule])).stdout),
    );

    const first = startWinnow([...args, '--again', 'all']);
    const [, rows] = await first.said(/(\d+) rows are verified again/);
    expect(Number(rows)).toBeGreaterThan(800);
    // Verdicts of the second round are being committed.
    await first.said(/\] \d+\/\d+ {2}deliverable/);
    first.child.kill('SIGKILL');
    expect((await first.done).signal).toBe('SIGKILL');

    const second = await runWinnow([...args, '--resume']);
    expect(second.code).toBe(0);
    job.expectComplete(second.stdout);
  }, 240_000);

  it('says what it does not know', async () => {
    const { code, stderr } = await runWinnow([...args, '--again', 'tomorrow']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/--again does not know "tomorrow".*all, unknown, older-than:DAYS/);
  });
});
