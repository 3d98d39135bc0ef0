// Where damaged and foreign files go: `damaged/` in the store's folder, under their name and the time, with what SQLite
// keeps beside them. Never deletes one, but with the list that it was: it holds its addresses.
// No connection may have the file open.
import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { syncFolder } from '../sync-file.ts';
import { releaseHeaders } from './database-header.ts';
import { eraseFile } from './erase-file.ts';
import { timeStamp } from './time-stamp.ts';

/** The database itself last: while it lies there, an interrupted move is seen and done again. */
const SUFFIXES = ['-wal', '-shm', '-journal', ''] as const;

/** Moves a database away. Its new path, or null if there was none. Throws file system errors. */
export function setAside(dir: string, path: string, nowMs: number): string | null {
  releaseHeaders(path);
  if (!existsSync(path)) return null;
  const folder = folderOf(dir);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const target = join(folder, `${basename(path, '.db')}-${timeStamp(nowMs)}.db`);
  for (const suffix of SUFFIXES) if (existsSync(`${path}${suffix}`)) renameSync(`${path}${suffix}`, `${target}${suffix}`);
  syncFolder(folder);
  return target;
}

/** Those of one database, by its file's name without `.db`. */
export function setAsideOf(dir: string, name: string): readonly string[] {
  const folder = folderOf(dir);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.startsWith(`${name}-`) && /^\d{4}-\d\d-\d\dT/.test(file.slice(name.length + 1)))
    .map((file) => join(folder, file));
}

/** With the list that they were. */
export function eraseSetAside(dir: string, name: string): void {
  for (const file of setAsideOf(dir, name)) eraseFile(file);
}

function folderOf(dir: string): string {
  return join(dir, 'damaged');
}
