// What a verdict says beside its reason and score, as text to be stored and back: time, attempt, flags, reply, evidence.
// One line of JSON in ASCII: `[SHARED,CHECKED_AT_MS,ATTEMPT,FLAGS,DID_YOU_MEAN,REPLY,MX,EVIDENCE]`. What the evidence says
// that stands before it already is left out. SHARED is the place of one more piece of evidence, which many verdicts have
// alike (the domain's random recipient); 0: none. EVIDENCE is null where an older version keeps it in a table of its own.
import type { Evidence, TlsState } from '../../../shared/verdict/evidence.ts';
import type { VerdictRecord } from '../interface.ts';
import type { AsciiWriter } from './ascii-writer.ts';

export interface VerdictDetails {
  /** Place of the evidence that is shared; 0: none. */
  readonly shared: number;
  readonly checkedAtMs: number;
  readonly attempt: number;
  /** Joined by a space. */
  readonly flags: string;
  readonly didYouMean: string | null;
  readonly reply: string | null;
  readonly mx: string | null;
  /** Null: kept elsewhere. */
  readonly evidence: readonly Evidence[] | null;
}

/** Text: a number is where it begins in the reply, of which it is the end. The last three: as the verdict's own if absent. */
type Stored =
  | readonly [stage: Evidence['stage'], code: number | null, enhanced: string | null, text: string | number, ip: string | null, tls: TlsState | null]
  | readonly [Evidence['stage'], number | null, string | null, string | number, string | null, TlsState | null, mxHost: string | null, atMs: number, attempt: number];

export type DetailsSource = Pick<VerdictRecord, 'checkedAtMs' | 'attempt' | 'flags' | 'didYouMean' | 'reply' | 'mx'>;

/** Writes all of it but `[SHARED,`, which only the store knows. `count`: of its evidence, from the first; the rest is shared. */
export function writeDetails(writer: AsciiWriter, verdict: DetailsSource, evidence: readonly Evidence[], count = evidence.length): void {
  const { checkedAtMs, attempt, flags, didYouMean, reply, mx } = verdict;
  writer.number(checkedAtMs);
  writer.raw(',');
  writer.number(attempt);
  writer.raw(',');
  writer.text(flags.length === 1 ? (flags[0] ?? '') : flags.join(' '));
  writer.raw(',');
  writer.text(didYouMean);
  writer.raw(',');
  writer.text(reply);
  writer.raw(',');
  writer.text(mx);
  writer.raw(',[');
  for (let index = 0; index < count; index++) {
    const one = evidence[index];
    if (one === undefined) continue;
    if (index > 0) writer.raw(',');
    writeEvidence(writer, one, verdict);
  }
  writer.raw(']]');
}

/** Evidence that stands for itself. */
export function writeSharedEvidence(writer: AsciiWriter, evidence: Evidence): void {
  writeEvidence(writer, evidence, null);
}

/** `line`: what is stored, from its beginning; whatever follows a line end is another's. Throws SyntaxError. */
export function readDetails(line: Uint8Array): VerdictDetails {
  const [shared, checkedAtMs, attempt, flags, didYouMean, reply, mx, evidence] = parse(line) as [
    number, number, number, string, string | null, string | null, string | null, readonly Stored[] | null,
  ];
  const own = { reply, mx, checkedAtMs, attempt };
  return { shared, checkedAtMs, attempt, flags, didYouMean, reply, mx, evidence: evidence?.map((stored) => readEvidence(stored, own)) ?? null };
}

export function readSharedEvidence(line: Uint8Array): Evidence {
  return readEvidence(parse(line) as Stored, { reply: null, mx: null, checkedAtMs: 0, attempt: 0 });
}

/** `own`: of the verdict that it stands with; null: of none. */
function writeEvidence(writer: AsciiWriter, evidence: Evidence, own: DetailsSource | null): void {
  const { stage, code, enhanced, text, ip, tls, mxHost, atMs, attempt } = evidence;
  writer.raw('["');
  writer.raw(stage);
  writer.raw('",');
  if (code === null) writer.raw('null');
  else writer.number(code);
  writer.raw(',');
  writer.text(enhanced);
  writer.raw(',');
  const reply = own?.reply ?? null;
  if (reply?.endsWith(text) === true) writer.number(reply.length - text.length);
  else writer.text(text);
  writer.raw(',');
  writer.text(ip);
  writer.raw(',');
  writer.text(tls);
  if (mxHost !== own?.mx || atMs !== own.checkedAtMs || attempt !== own.attempt) {
    writer.raw(',');
    writer.text(mxHost);
    writer.raw(',');
    writer.number(atMs);
    writer.raw(',');
    writer.number(attempt);
  }
  writer.raw(']');
}

function readEvidence(stored: Stored, own: Pick<VerdictRecord, 'reply' | 'mx' | 'checkedAtMs' | 'attempt'>): Evidence {
  const [stage, code, enhanced, text, ip, tls, mxHost = own.mx, atMs = own.checkedAtMs, attempt = own.attempt] = stored;
  return {
    stage,
    code,
    enhanced,
    text: typeof text === 'number' ? (own.reply ?? '').slice(text) : text,
    mxHost,
    ip,
    tls,
    atMs,
    attempt,
  };
}

const LINE_END = 0x0a;

function parse(line: Uint8Array): unknown {
  const end = line.indexOf(LINE_END);
  return JSON.parse(Buffer.from(line.buffer, line.byteOffset, end === -1 ? line.length : end).toString('utf8'));
}
