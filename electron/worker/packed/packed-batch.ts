// A batch of verdicts as it crosses to the batch worker: columns and one run of bytes instead of an object a verdict, because a
// structured clone of nested objects costs more than everything that SQLite does with them.
// Always holds: what the writer needs to read is in the columns; the text is stored as it is, without a look into it.
import type { ListId } from '../interface.ts';
import type { Heard } from '../../../shared/verdict/evidence.ts';

/** A verdict that is to be asked again. */
export interface PackedRetry {
  /** Of the verdict in the batch. */
  readonly index: number;
  readonly retryAtMs: number;
  readonly checkedAtMs: number;
  readonly heard: Heard;
}

export interface PackedBatch {
  readonly listId: ListId;
  readonly rowIds: Float64Array;
  /** Places in `REASONS` of this build: both threads have the same. */
  readonly reasons: Uint8Array;
  readonly scores: Uint8Array;
  readonly attempts: Uint32Array;
  /** Place in `ends` of its details: what a flight's recipients were told alike is one line for all of them. */
  readonly lineOf: Uint32Array;
  /** The lines of details (verdict-details), one after the other, in ASCII; where each ends. */
  readonly text: Uint8Array;
  readonly ends: Uint32Array;
  /** For each line the place in `sharedEnds` of the evidence that other lines have too, or -1. */
  readonly sharedOf: Int32Array;
  /** Evidence that verdicts share, likewise. */
  readonly sharedText: Uint8Array;
  readonly sharedEnds: Uint32Array;
  /** Seldom, so told one by one. In the order of the batch. */
  readonly retries: readonly PackedRetry[];
  readonly provisional: readonly number[];
  /** See packed-domains. */
  readonly domains: string;
  readonly releasedDomainIds: Float64Array;
}
