// The frames of a WAL (SQLite file format 4): where each transaction in it ends. Frames of an earlier round, which lie
// behind the last one of this, have another salt and do not count.

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;

/** Lengths in bytes with which the WAL ends in a whole transaction, in their order. */
export function committedLengths(wal: Buffer): number[] {
  if (wal.length < HEADER_BYTES) return [];
  const frameBytes = FRAME_HEADER_BYTES + wal.readUInt32BE(8);
  const salts = wal.subarray(16, 24);
  const lengths: number[] = [];
  for (let at = HEADER_BYTES; at + frameBytes <= wal.length; at += frameBytes) {
    if (!wal.subarray(at + 8, at + 16).equals(salts)) break;
    if (wal.readUInt32BE(at + 4) !== 0) lengths.push(at + frameBytes);
  }
  return lengths;
}
