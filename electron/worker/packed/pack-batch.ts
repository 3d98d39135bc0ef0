// Packs a batch for the way to the worker, at one to two microseconds a verdict: the thread that does it has the engine
// to run. What a flight's recipients of a domain were told alike is told once for all of them, and the random recipient's
// answer, which stands beside every verdict of its domain, once a batch.
import type { Evidence } from '../../../shared/verdict/evidence.ts';
import { REASONS, type Reason } from '../../../shared/verdict/verdict.ts';
import type { VerdictBatch, VerdictRecord } from '../interface.ts';
import { AsciiWriter } from './ascii-writer.ts';
import type { PackedBatch, PackedRetry } from './packed-batch.ts';
import { packDomains } from './packed-domains.ts';
import { writeDetails, writeSharedEvidence } from './verdict-details.ts';

/** A guess to begin with. */
const BYTES_PER_VERDICT = 40;

const PLACE_OF_REASON: ReadonlyMap<Reason, number> = new Map(REASONS.map((reason, place) => [reason, place]));

/** Throws RangeError for a reason that is none. */
export function packBatch(batch: VerdictBatch): PackedBatch {
  const { verdicts } = batch;
  const count = verdicts.length;
  const rowIds = new Float64Array(count);
  const reasons = new Uint8Array(count);
  const scores = new Uint8Array(count);
  const attempts = new Uint32Array(count);
  const lineOf = new Uint32Array(count);
  const lines: VerdictRecord[] = [];
  const sharedOf: number[] = [];
  const ends: number[] = [];
  /** The newest line of each list of evidence: the records of one flight's equal answers have one and the same. */
  const known = new Map<readonly Evidence[], number>();
  const retries: PackedRetry[] = [];
  const provisional: number[] = [];
  const shared = new SharedEvidence();
  const writer = new AsciiWriter(count * BYTES_PER_VERDICT + 256);
  for (let index = 0; index < count; index++) {
    const verdict = verdicts[index];
    if (verdict === undefined) continue;
    const { evidence } = verdict;
    rowIds[index] = verdict.rowId;
    reasons[index] = placeOf(verdict.reason);
    scores[index] = verdict.score;
    attempts[index] = verdict.attempt;
    const before = known.get(evidence);
    const alike = before === undefined ? undefined : lines[before];
    if (before !== undefined && alike !== undefined && hasSameDetails(alike, verdict)) {
      lineOf[index] = before;
    } else {
      // The second of two is the random recipient's; whatever else there may be is kept with the verdict.
      const second = evidence.length === 2 ? evidence[1] : undefined;
      sharedOf.push(second === undefined ? -1 : shared.placeOf(second));
      writeDetails(writer, verdict, evidence, second === undefined ? evidence.length : 1);
      const line = ends.push(writer.length) - 1;
      lines.push(verdict);
      known.set(evidence, line);
      lineOf[index] = line;
    }
    if (verdict.retryAtMs !== null) retries.push({ index, retryAtMs: verdict.retryAtMs, checkedAtMs: verdict.checkedAtMs, heard: verdict.heard });
    if (verdict.provisional) provisional.push(index);
  }
  const { listId, domains, releasedDomainIds } = batch;
  return {
    listId, rowIds, reasons, scores, attempts, lineOf, text: writer.bytes.slice(), ends: Uint32Array.from(ends), sharedOf: Int32Array.from(sharedOf),
    sharedText: shared.text, sharedEnds: shared.ends, retries, provisional,
    domains: packDomains(domains), releasedDomainIds: Float64Array.from(releasedDomainIds),
  };
}

function placeOf(reason: Reason): number {
  const place = PLACE_OF_REASON.get(reason);
  if (place === undefined) throw new RangeError(`${reason} is no reason.`);
  return place;
}

/** Of two with the same evidence. */
function hasSameDetails(a: VerdictRecord, b: VerdictRecord): boolean {
  return (
    a.flags === b.flags && a.reply === b.reply && a.checkedAtMs === b.checkedAtMs && a.mx === b.mx && a.attempt === b.attempt && a.didYouMean === b.didYouMean
  );
}

interface Shared {
  readonly evidence: Evidence;
  readonly place: number;
  /** Another of the same time. */
  readonly next: Shared | undefined;
}

/** Told apart by their times first: hardly two domains are asked about their random recipients in one millisecond. */
class SharedEvidence {
  readonly #writer = new AsciiWriter(4_096);
  readonly #ends: number[] = [];
  readonly #byTime = new Map<number, Shared>();

  get text(): Uint8Array {
    return this.#writer.bytes.slice();
  }

  get ends(): Uint32Array {
    return Uint32Array.from(this.#ends);
  }

  placeOf(evidence: Evidence): number {
    const newest = this.#byTime.get(evidence.atMs);
    for (let known = newest; known !== undefined; known = known.next) if (isSame(known.evidence, evidence)) return known.place;
    writeSharedEvidence(this.#writer, evidence);
    const place = this.#ends.push(this.#writer.length) - 1;
    this.#byTime.set(evidence.atMs, { evidence, place, next: newest });
    return place;
  }
}

function isSame(a: Evidence, b: Evidence): boolean {
  if (a === b) return true;
  return (
    a.ip === b.ip && a.mxHost === b.mxHost && a.atMs === b.atMs && a.attempt === b.attempt && a.code === b.code && a.stage === b.stage &&
    a.tls === b.tls && a.enhanced === b.enhanced && a.text === b.text
  );
}
