// What a power cut, a dying disk or a bad cable makes of a file: cut off, bits flipped, sectors of zeros or of somebody
// else's bytes, parts in the wrong place. Drawn from a seed; always another file than before.
import type { Draw } from '../faults/draw.ts';

const SECTOR_BYTES = 512;

const DAMAGES: readonly [Damage, ...Damage[]] = [
  (bytes, draw) => bytes.subarray(0, draw.between(0, bytes.length - 1)),
  (bytes, draw) => {
    const at = draw.between(0, bytes.length - 1);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << draw.between(0, 7));
    return bytes;
  },
  (bytes, draw) => {
    for (let flips = draw.between(2, 40); flips > 0; flips -= 1) {
      const at = draw.between(0, bytes.length - 1);
      bytes[at] = draw.between(0, 255);
    }
    return bytes;
  },
  (bytes, draw) => fillSectors(bytes, draw, () => 0),
  (bytes, draw) => fillSectors(bytes, draw, () => draw.between(0, 255)),
  // Its length was written, its end was not.
  (bytes, draw) => bytes.fill(0, draw.between(0, bytes.length - 1)),
  // The first bytes: the header of the file, and of its first frame.
  (bytes, draw) => {
    const at = draw.between(0, Math.min(55, bytes.length - 1));
    bytes[at] = (bytes[at] ?? 0) ^ draw.between(1, 255);
    return bytes;
  },
  // A sector in another one's place.
  (bytes, draw) => {
    const from = sectorOf(bytes, draw);
    bytes.copy(bytes, sectorOf(bytes, draw), from, from + SECTOR_BYTES);
    return bytes;
  },
  (bytes, draw) => Buffer.concat([bytes, Buffer.from(Array.from({ length: draw.between(1, 20_000) }, () => draw.between(0, 255)))]),
];

type Damage = (bytes: Buffer, draw: Draw) => Buffer;

/** `bytes` stay as they are. */
export function damageBytes(bytes: Buffer, draw: Draw): Buffer {
  for (;;) {
    let damaged: Buffer = Buffer.from(bytes);
    for (let times = draw.between(1, 2); times > 0 && damaged.length > 0; times -= 1) damaged = draw.pick(DAMAGES)(damaged, draw);
    if (!damaged.equals(bytes)) return damaged;
  }
}

/** Where the damage begins: everything before is as it was. */
export function firstDifference(a: Buffer, b: Buffer): number {
  const end = Math.min(a.length, b.length);
  for (let at = 0; at < end; at += 1) if (a[at] !== b[at]) return at;
  return end;
}

function fillSectors(bytes: Buffer, draw: Draw, value: () => number): Buffer {
  const start = sectorOf(bytes, draw);
  const end = Math.min(bytes.length, start + SECTOR_BYTES * draw.between(1, 16));
  for (let at = start; at < end; at += 1) bytes[at] = value();
  return bytes;
}

function sectorOf(bytes: Buffer, draw: Draw): number {
  return SECTOR_BYTES * draw.between(0, Math.floor((bytes.length - 1) / SECTOR_BYTES));
}
