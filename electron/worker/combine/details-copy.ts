// Copies lines of details from one list into another: what lines share there (a flight's answers, a domain's random
// recipient) they share here too, as long as it is remembered; where it was forgotten it is copied once more.
import type { DetailsBlocks } from '../store/details-blocks.ts';
import type { ListReading } from './list-reading.ts';

/** Places of one list; forgotten together when there are more. */
const REMEMBERED = 20_000;
const COMMA = 0x2c;

export class DetailsCopy {
  readonly #blocks: DetailsBlocks;
  readonly #lines = new Map<number, number>();
  readonly #shared = new Map<number, number>();
  #reading: ListReading | null = null;

  constructor(blocks: DetailsBlocks) {
    this.#blocks = blocks;
  }

  /** The place that the verdict's line has here. */
  of(reading: ListReading, place: number): number {
    if (reading !== this.#reading) {
      this.#reading = reading;
      this.#lines.clear();
      this.#shared.clear();
    }
    return remembered(this.#lines, place, () => {
      const line = reading.line(place);
      const comma = line.indexOf(COMMA);
      const shared = Number(line.toString('latin1', 1, comma));
      const from = shared === 0 ? 0 : this.#sharedPlace(reading, shared);
      return this.#blocks.addDetails(from, line, comma + 1, line.length);
    });
  }

  #sharedPlace(reading: ListReading, place: number): number {
    return remembered(this.#shared, place, () => {
      const line = reading.line(place);
      return this.#blocks.addLine(line, 0, line.length);
    });
  }
}

function remembered(places: Map<number, number>, place: number, copy: () => number): number {
  const known = places.get(place);
  if (known !== undefined) return known;
  const made = copy();
  if (places.size >= REMEMBERED) places.clear();
  places.set(place, made);
  return made;
}
