// Faults rows 60 and 61 as a user meets them: the disk is full, or writing fails, in the middle of a job. It pauses with a
// clear message, what was acknowledged is there, and it goes on later with nothing lost and nobody asked for nothing.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXIT } from '../../../electron/headless/exit-code.ts';
import { workerPath } from '../../../electron/host/worker-path.ts';
import { openStore } from '../../../electron/worker/client.ts';
import { differences, readCsv } from '../../lab/sample-expectations.ts';
import { SAMPLE } from '../../lab/sample-job.ts';
import { runWinnow, startWinnow, temporaryFolder, type WinnowResult } from '../../lab/winnow.ts';

/** What needs no second attempt, so that the job is over soon. */
const AT_ONCE = new Set(['accepted', 'mailbox_not_found', 'mailbox_full', 'domain_not_found', 'null_mx', 'accept_all']);
const ENTRY = join(import.meta.dirname, '../../../electron/headless/index.ts');
/** What the job may still write: some commits, and not all of them. */
const ROOM_KIB = 96;
/** Beside that, what SQLite needs to open two files of its own: their indexes of the WAL. */
const OPENING_KIB = 160;

interface Summary {
  readonly state: string;
  readonly rows: number;
  readonly pending: number;
  readonly scheduled: number;
}

let folder: ReturnType<typeof temporaryFolder>;
let list: string;
beforeEach(() => {
  folder = temporaryFolder();
  list = join(folder.dir, 'list.csv');
  const rows = readCsv(SAMPLE).filter((row) => AT_ONCE.has(row['expected_reason'] ?? '') && !/[",;]/.test(row['E-Mail'] ?? ''));
  writeFileSync(list, ['email,expected_status,expected_reason', ...rows.map((row) => `${row['E-Mail'] ?? ''},${row['expected_status'] ?? ''},${row['expected_reason'] ?? ''}`)].join('\n'));
});
afterEach(() => {
  folder.remove();
});

/** A shell in namespaces of its own, in which anybody may mount; it ends with them. */
async function inShell(script: string, namespaces: boolean): Promise<WinnowResult> {
  const own = process.getuid?.() === 0 ? ['-m'] : ['-Ur', '-m'];
  const shell = ['sh', '-c', script];
  const program = namespaces ? 'unshare' : 'env';
  const args = namespaces ? [...own, ...shell] : shell;
  const child = spawn(program, args, { env: { ...process.env, NODE: process.execPath, ENTRY, LIST: list, FOLDER: folder.dir, ROOM: String(ROOM_KIB), OPENING: String(OPENING_KIB) } });
  const text = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (part: string) => { text.stdout += part; });
  child.stderr.setEncoding('utf8').on('data', (part: string) => { text.stderr += part; });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => { resolve({ code, signal, ...text }); });
  });
}

async function imported(): Promise<void> {
  const store = await openStore({ dir: join(folder.dir, 'store'), workerPath: workerPath() });
  await store.importList({ path: list, practice: true });
  await store.close();
}

const summaryOf = (stdout: string): Summary => JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Summary;

describe('in the middle of a job', () => {
  it('row 60: a full disk pauses it; with room again it goes on to the same end', async () => {
    await imported();
    const paused = await inShell(
      `set -e
      mkdir "$FOLDER/small" && mount -t tmpfs -o size=16m none "$FOLDER/small"
      cp -r "$FOLDER/store" "$FOLDER/small/store"
      chmod 700 "$FOLDER/small/store"
      head -c $(((ROOM + OPENING) * 1024)) /dev/zero > "$FOLDER/small/room"
      cat /dev/zero > "$FOLDER/small/full" 2>/dev/null || true
      rm "$FOLDER/small/room"
      set +e
      "$NODE" "$ENTRY" verify "$LIST" --practice --store "$FOLDER/small/store" --resume --json > "$FOLDER/first.json" 2> "$FOLDER/first.txt"
      echo "first $?"
      cat "$FOLDER/first.txt" "$FOLDER/first.json"
      rm "$FOLDER/small/full"
      "$NODE" "$ENTRY" verify "$LIST" --practice --store "$FOLDER/small/store" --resume --json --out "$FOLDER/out.csv" 2>/dev/null`,
      true,
    );
    expect(paused.stderr, 'this test needs `unshare` and the right to mount a tmpfs').toBe('');
    expect(paused.stdout).toContain(`first ${String(EXIT.paused)}`);
    expect(paused.stdout).toMatch(/paused: The disk is full: .*Nothing is lost; free some space and go on\./);
    expect(paused.code).toBe(EXIT.done);
    expectAllThere(paused.stdout);
  });

  it('row 61: a write that fails pauses it with the file and the cause; it goes on where writing works again', async () => {
    await imported();
    const failed = await inShell(
      // In units of 512 bytes, and as large as the largest file is with some room.
      `largest=$(find "$FOLDER/store" -type f -printf '%s\\n' | sort -n | tail -1)
      ulimit -f $(((largest + ROOM * 1024) / 512))
      exec "$NODE" "$ENTRY" verify "$LIST" --practice --store "$FOLDER/store" --resume --json`,
      false,
    );
    expect(failed.stderr).toMatch(/paused: Writing .* failed \(SQLITE_IOERR_WRITE\)\. Check the disk and go on\./);
    expect(failed.code).toBe(EXIT.paused);
    const before = summaryOf(failed.stdout);
    expect(before.pending + before.scheduled).toBeGreaterThan(0);
    const again = await runWinnow(['verify', list, '--practice', '--store', join(folder.dir, 'store'), '--resume', '--json', '--out', join(folder.dir, 'out.csv')]);
    expect(again.code).toBe(EXIT.done);
    expectAllThere(again.stdout);
  });
});

describe('a drive that goes away in the middle of a job', () => {
  it.each(['removed', 'exchanged for an empty one'])('and is %s: pauses it with clear words; when it is back, nothing is lost', async (what) => {
    const store = join(folder.dir, 'store');
    const away = join(folder.dir, 'away');
    const args = ['verify', list, '--practice', '--store', store, '--json'];
    const running = startWinnow(args);
    // Verdicts are being committed.
    await running.said(/\] \d+\/\d+ {2}deliverable/);
    renameSync(store, away);
    if (what !== 'removed') mkdirSync(join(store, 'lists'), { recursive: true });
    const { code, stdout, stderr } = await running.done;
    expect(code).toBe(EXIT.paused);
    expect(stderr).toMatch(/paused: .* is not there any more: the drive was removed, .*Nothing that was told is lost with it; put it back and go on\./);
    const told = summaryOf(stdout);
    expect(told.pending + told.scheduled).toBeGreaterThan(0);
    // Nothing was written in its place.
    expect(existsSync(store) ? readdirSync(store, { recursive: true }) : []).toEqual(what === 'removed' ? [] : ['lists']);
    rmSync(store, { recursive: true, force: true });
    renameSync(away, store);
    const again = await runWinnow([...args, '--resume', '--out', join(folder.dir, 'out.csv')]);
    expect(again.code).toBe(EXIT.done);
    expectAllThere(again.stdout);
  });
});

/** As an undisturbed job would have left it. */
function expectAllThere(stdout: string): void {
  expect(summaryOf(stdout)).toMatchObject({ state: 'done', pending: 0, scheduled: 0 });
  expect(differences(readCsv(join(folder.dir, 'out.csv')))).toEqual([]);
}
