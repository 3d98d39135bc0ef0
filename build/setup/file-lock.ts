// A lock between processes: a folder that only one can make, with its owner's process id inside.
// A lock whose owner is dead is taken over, so kill -9 leaves nothing to clean up by hand.
// Never held across an await that can hang without bound: waiters give up with a message.
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SetupError } from './steps.mjs';

const waitLimitMs = 20 * 60_000;
const pollMs = 300;

/** Runs `work` while no other process holds the lock at `lockDir`; waits up to 20 minutes for it. */
export async function withLock<T>(lockDir: string, say: (text: string) => void, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(lockDir), { recursive: true });
  const startedMs = Date.now();
  let said = false;
  while (!tryLock(lockDir)) {
    if (Date.now() - startedMs > waitLimitMs) {
      throw new SetupError('Another set-up has held its lock for 20 minutes.', `If none is running, remove ${lockDir} and run again.`);
    }
    if (!said) say('waiting for another set-up');
    said = true;
    await sleep(pollMs);
  }
  try {
    return await work();
  } finally {
    rmSync(lockDir, { recursive: true, force: true });
  }
}

/** The lock is made complete beside its place and moved there: it never stands without its owner's id. */
function tryLock(lockDir: string): boolean {
  const prepared = mkdtempSync(`${lockDir}-`);
  writeFileSync(join(prepared, 'pid'), String(process.pid));
  try {
    // Renaming onto a folder that is not empty fails: that is the lock.
    renameSync(prepared, lockDir);
    return true;
  } catch (error) {
    rmSync(prepared, { recursive: true, force: true });
    const { code } = error as NodeJS.ErrnoException;
    // EPERM is what Windows says of the same.
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'EPERM') throw error;
    // What a lock guards is also put in place by one rename, so two who take over at once only do work twice.
    if (!ownerIsAlive(lockDir)) rmSync(lockDir, { recursive: true, force: true });
    return false;
  }
}

function ownerIsAlive(lockDir: string): boolean {
  let pid: number;
  try {
    pid = Number(readFileSync(join(lockDir, 'pid'), 'utf8'));
  } catch {
    return true; // released this moment; the next try will tell
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
