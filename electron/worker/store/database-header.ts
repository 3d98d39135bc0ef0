// What a database file says of itself, read without SQLite and without touching anything: opening a file with SQLite
// may create a -shm, replay a WAL or take locks, and a store of a newer version must stay exactly as it is.
// Looks into the WAL too, as its last committed first page is what counts (SQLite file format 1.3 and 4).
// A database file that was opened here stays open: closing any descriptor of it would drop the locks that SQLite holds
// on it anywhere in this process (POSIX), the reader's among them, and another process could then take the WAL away
// under them. `releaseHeaders` closes them when the store lets go of its files. The WAL itself is never locked.
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

export interface DatabaseHeader {
  readonly userVersion: number;
  readonly applicationId: number;
}

const HEADER_BYTES = 100;
const MAGIC = 'SQLite format 3\0';
const WAL_HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;

/** Null for a file that is missing or has no byte; 'foreign' for one that is no SQLite database. */
export function readDatabaseHeader(path: string): DatabaseHeader | 'foreign' | null {
  const fd = heldFile(path);
  const main = fd === null || fstatSync(fd).size === 0 ? null : readAt(fd, 0, HEADER_BYTES);
  if (main === null) return null;
  if (main.length < HEADER_BYTES || main.toString('latin1', 0, MAGIC.length) !== MAGIC) return 'foreign';
  return headerOf(lastCommittedFirstPage(`${path}-wal`) ?? main);
}

const held = new Map<string, number>();

/** Closes what is held of `path`, a file or a folder with files in it. No connection that matters may be open. */
export function releaseHeaders(path: string): void {
  for (const [file, fd] of held) {
    if (file !== path && dirname(file) !== path) continue;
    held.delete(file);
    closeSync(fd);
  }
}

/** A descriptor of the file that is at `path` now, or null if there is none. */
function heldFile(path: string): number | null {
  const there = statSync(path, { throwIfNoEntry: false });
  const known = held.get(path);
  if (known !== undefined) {
    const opened = fstatSync(known);
    if (there?.ino === opened.ino && there.dev === opened.dev) return known;
    // Another file is there now; nobody uses the one that is gone.
    releaseHeaders(path);
  }
  if (there === undefined) return null;
  const fd = openSync(path, 'r');
  held.set(path, fd);
  return fd;
}

function headerOf(page: Buffer): DatabaseHeader {
  return { userVersion: page.readUInt32BE(60), applicationId: page.readUInt32BE(68) };
}

/** The first page as the WAL's last valid commit has it, or null if no commit of the WAL holds it. */
function lastCommittedFirstPage(path: string): Buffer | null {
  return withFile(path, (fd) => {
    const header = readAt(fd, 0, WAL_HEADER_BYTES);
    if (header.length < WAL_HEADER_BYTES || (header.readUInt32BE(0) & ~1) !== 0x377f0682) return null;
    const bigEndian = (header.readUInt32BE(0) & 1) === 1;
    const pageSize = header.readUInt32BE(8);
    if (pageSize < 512 || pageSize > 65_536) return null;
    const sum = new Uint32Array(2);
    addToChecksum(sum, header.subarray(0, 24), bigEndian);
    if (sum[0] !== header.readUInt32BE(24) || sum[1] !== header.readUInt32BE(28)) return null;

    let written: Buffer | null = null;
    let committed: Buffer | null = null;
    for (let at = WAL_HEADER_BYTES; ; at += FRAME_HEADER_BYTES + pageSize) {
      const frame = readAt(fd, at, FRAME_HEADER_BYTES + pageSize);
      if (frame.length < FRAME_HEADER_BYTES + pageSize || !frame.subarray(8, 16).equals(header.subarray(16, 24))) break;
      addToChecksum(sum, frame.subarray(0, 8), bigEndian);
      addToChecksum(sum, frame.subarray(FRAME_HEADER_BYTES), bigEndian);
      if (sum[0] !== frame.readUInt32BE(16) || sum[1] !== frame.readUInt32BE(20)) break;
      if (frame.readUInt32BE(0) === 1) written = frame.subarray(FRAME_HEADER_BYTES, FRAME_HEADER_BYTES + HEADER_BYTES);
      if (frame.readUInt32BE(4) !== 0) committed = written;
    }
    return committed;
  });
}

/** Fibonacci-weighted checksum of the WAL (SQLite file format 4.2), going on from `sum`. */
function addToChecksum(sum: Uint32Array, bytes: Buffer, bigEndian: boolean): void {
  let first = sum[0] ?? 0;
  let second = sum[1] ?? 0;
  for (let at = 0; at < bytes.length; at += 8) {
    first = (first + (bigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)) + second) >>> 0;
    second = (second + (bigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4)) + first) >>> 0;
  }
  sum[0] = first;
  sum[1] = second;
}

function withFile<T>(path: string, read: (fd: number) => T): T | null {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  try {
    return read(fd);
  } finally {
    closeSync(fd);
  }
}

function readAt(fd: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, readSync(fd, bytes, 0, length, position));
}
