// `winnow verify --again`, as a user runs it: a stored list is verified again, and every row has the verdict that it should
// have, also where the process was killed in the middle of it.
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { differences, readCsv } from '../../lab/sample-expectations.ts';
import { runWinnow, startWinnow, temporaryFolder } from '../../lab/winnow.ts';

const SAMPLE = join(import.meta.dirname, '../../fixtures/sample-practice.csv');

interface Summary {
  readonly state: string;
  readonly scheduled: number;
  readonly pending: number;
}

describe('winnow verify --again', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let args: string[];
  let out: string;

  beforeEach(() => {
    folder = temporaryFolder();
    out = join(folder.dir, 'out.csv');
    args = ['verify', SAMPLE, '--practice', '--store', join(folder.dir, 'store'), '--out', out, '--json'];
  });

  afterEach(() => {
    folder.remove();
  });

  it('asks only about those that are meant, and comes to the right verdicts again after kill -9 half way', async () => {
    expect((await runWinnow(args)).code).toBe(0);

    const older = await runWinnow([...args, '--again', 'older-than:1']);
    expect(older.stderr).toContain('0 rows are verified again');
    expect(older.code).toBe(0);

    const first = startWinnow([...args, '--again', 'all']);
    const [, rows] = await first.said(/(\d+) rows are verified again/);
    expect(Number(rows)).toBeGreaterThan(800);
    // Verdicts of the second round are being committed.
    await first.said(/\] \d+\/\d+ {2}deliverable/);
    first.child.kill('SIGKILL');
    expect((await first.done).signal).toBe('SIGKILL');

    const second = await runWinnow([...args, '--resume']);
    expect(second.code).toBe(0);
    expect(JSON.parse(second.stdout) as Summary).toMatchObject({ state: 'done', scheduled: 0, pending: 0 });
    expect(differences(readCsv(out))).toEqual([]);
  }, 240_000);

  it('says what it does not know', async () => {
    const { code, stderr } = await runWinnow([...args, '--again', 'tomorrow']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/--again does not know "tomorrow".*all, unknown, older-than:DAYS/);
  });
});
