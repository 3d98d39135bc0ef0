// The reader: a thread that answers what the window shows of lists and files, so that a long write never makes it wait.
// Reads only. In this process a database file is never opened but by SQLite (POSIX locks: see database-header).
import type { ReaderMethod } from './protocol.ts';
import { Reader } from './reader/reader.ts';
import { serveCalls } from './serve-calls.ts';

serveCalls((dir) => {
  const reader = new Reader(dir);
  return (name) => {
    const method = reader[name as ReaderMethod].bind(reader) as (...args: readonly unknown[]) => unknown;
    return (args) => method(...args);
  };
});
