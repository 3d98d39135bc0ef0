// The main job as a user runs it: the sample list against the practice world, every row as expected; the same after
// kill -9 in the middle, and after Ctrl-C.
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { differences, readCsv } from '../../lab/sample-expectations.ts';
import { runWinnow, startWinnow, temporaryFolder } from '../../lab/winnow.ts';

const SAMPLE = join(import.meta.dirname, '../../fixtures/sample-practice.csv');

/** The first verdicts are committed, and most are still to come. */
const COMMITTED = /\] [1-9]\d*\/\d+ {2}deliverable/;

interface Summary {
  readonly state: string;
  readonly rows: number;
  readonly scheduled: number;
  readonly pending: number;
  readonly practiceWorld: { readonly violations: readonly string[] };
}

describe('winnow verify sample-practice.csv --practice', () => {
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

  function expectComplete(stdout: string): void {
    const summary = JSON.parse(stdout) as Summary;
    const rows = readCsv(out);
    expect(differences(rows)).toEqual([]);
    expect(rows).toHaveLength(readCsv(SAMPLE).length);
    expect(summary).toMatchObject({ state: 'done', scheduled: 0, pending: 0, rows: rows.length });
    expect(summary.practiceWorld.violations).toEqual([]);
  }

  it('gives every row the expected status and reason, and every original cell back', async () => {
    const { code, stdout, stderr } = await runWinnow(args);
    expect(stderr).toContain('practice');
    expect(code).toBe(0);
    expectComplete(stdout);
    const original = readCsv(SAMPLE);
    readCsv(out).forEach((row, index) => {
      for (const [column, cell] of Object.entries(original[index] ?? {})) expect(unguarded(row[column])).toBe(cell);
    });
  }, 180_000);

  it('gives the same after kill -9 half way and --resume', async () => {
    const first = startWinnow(args);
    await first.said(COMMITTED);
    first.child.kill('SIGKILL');
    expect((await first.done).signal).toBe('SIGKILL');
    const { code, stdout, stderr } = await runWinnow([...args, '--resume']);
    expect(stderr).toContain('going on with list');
    expect(code).toBe(0);
    expectComplete(stdout);
  }, 180_000);

  it('stops cleanly on Ctrl-C with exit code 3, and --resume goes on', async () => {
    const first = startWinnow(args);
    await first.said(COMMITTED);
    first.child.kill('SIGINT');
    const stopped = await first.done;
    expect(stopped.code).toBe(3);
    expect(stopped.stderr).toContain('stopped by Ctrl-C');
    expect((JSON.parse(stopped.stdout) as Summary).state).toBe('paused');
    const { code, stdout } = await runWinnow([...args, '--resume']);
    expect(code).toBe(0);
    expectComplete(stdout);
  }, 180_000);
});

/** Export is spreadsheet-safe by default: a cell that a spreadsheet would run has an apostrophe in front. */
function unguarded(cell: string | undefined): string | undefined {
  return cell?.replace(/^'(?=[=+\-@\t\r'])/, '');
}
