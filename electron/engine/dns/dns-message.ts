// Reads one answer: the plain ones by `readPlainAnswer`, everything else over the dns-packet codec.
// Always holds: an answer counts only if its id and question are ours and its records are owned by the name that was
// asked for or by a name along its CNAME chain (faults rows 50 and 51); everything else is `foreign` and is ignored,
// because the true answer may still come. Never throws, whatever the bytes are.
import { decode, type Answer, type DecodedPacket } from 'dns-packet';
import { canonicalName } from './dns-name.ts';
import type { DnsAnswer, MxRecord, QueryType, TtlBounds } from './dns-answer.ts';
import type { Question } from './question.ts';
import { readPlainAnswer } from './read-plain-answer.ts';

/** RFC 1034 warns of loops; faults row 42 sets the bound. */
export const MAX_CNAME_STEPS = 8;

export type MessageReading =
  | { readonly kind: 'answer'; readonly answer: DnsAnswer }
  /** The TC bit: ask again over TCP. */
  | { readonly kind: 'truncated' }
  /** This server cannot or will not say; another may. `withoutEdns`: it did not understand the question as it was put. */
  | { readonly kind: 'refused'; readonly detail: string; readonly withoutEdns: boolean }
  /** A certain answer that is of no use: asking again or elsewhere changes nothing. */
  | { readonly kind: 'unusable'; readonly detail: string }
  /** Not the answer to this question. */
  | { readonly kind: 'foreign' };

/** Reads the answer to `question` that was sent with `id`. */
export function readMessage(bytes: Buffer, id: number, question: Question, ttl: TtlBounds): MessageReading {
  // The id stands first; looking before decoding keeps floods of foreign messages cheap.
  if (bytes.length < 12 || bytes.readUInt16BE(0) !== id) return { kind: 'foreign' };
  const plain = readPlainAnswer(bytes, question, ttl);
  return plain === null ? readByCodec(bytes, question, ttl) : { kind: 'answer', answer: plain };
}

/** As `readMessage`, of a message that carries our id. */
export function readByCodec(bytes: Buffer, question: Question, ttl: TtlBounds): MessageReading {
  let packet: DecodedPacket & { readonly rcode?: string };
  try {
    packet = decode(bytes);
  } catch {
    return truncatedHeader(bytes) ? { kind: 'truncated' } : { kind: 'foreign' };
  }
  if (!packet.flag_qr) return { kind: 'foreign' };
  const rcode = packet.rcode ?? '';
  if (!isOurQuestion(packet, question)) {
    // A server that knows no EDNS may answer FORMERR with a bare header (RFC 6891, 7).
    const bareHeader = (packet.questions ?? []).length === 0 && rcode === 'FORMERR';
    return bareHeader ? { kind: 'refused', detail: rcode, withoutEdns: true } : { kind: 'foreign' };
  }
  if (packet.flag_tc) return { kind: 'truncated' };
  if (rcode !== 'NOERROR' && rcode !== 'NXDOMAIN') {
    return { kind: 'refused', detail: rcode, withoutEdns: rcode === 'FORMERR' || rcode === 'NOTIMP' };
  }
  return readRecords(packet, rcode, question, ttl);
}

/** A cut message need not end between two records, so TC is looked at even if the rest cannot be decoded. */
function truncatedHeader(bytes: Buffer): boolean {
  const flags = bytes.readUInt16BE(2);
  return (flags & 0x8000) !== 0 && (flags & 0x0200) !== 0;
}

function isOurQuestion(packet: DecodedPacket, question: Question): boolean {
  const questions = packet.questions ?? [];
  const [asked] = questions;
  return (
    questions.length === 1 && asked?.type === question.type && (asked.class ?? 'IN') === 'IN' && canonicalName(asked.name) === question.name
  );
}

function readRecords(packet: DecodedPacket, rcode: string, question: Question, bounds: TtlBounds): MessageReading {
  const answers = (packet.answers ?? []).filter((record) => record.type === question.type || record.type === 'CNAME');
  const soaTtlSec = negativeTtlOf(packet.authorities ?? []);
  const visited = new Set<string>();
  let owner = question.name;
  let leastTtlSec = Infinity;

  for (;;) {
    visited.add(owner);
    const owned = answers.filter((record) => canonicalName(record.name) === owner);
    const found = recordsOf(owned, question.type);
    if (found !== null) {
      const aliased = visited.size > 1 ? { aliased: true as const } : {};
      return { kind: 'answer', answer: { kind: 'records', mx: found.mx, ips: found.ips, ...aliased, ttlSec: clampTtl(Math.min(leastTtlSec, found.ttlSec), bounds) } };
    }
    const alias = owned.find((record) => record.type === 'CNAME');
    if (alias?.type !== 'CNAME') break;
    const target = canonicalName(alias.data);
    if (visited.has(target)) return { kind: 'unusable', detail: 'CNAME loop' };
    if (visited.size > MAX_CNAME_STEPS) return { kind: 'unusable', detail: 'CNAME chain too long' };
    leastTtlSec = Math.min(leastTtlSec, alias.ttl ?? 0);
    owner = target;
  }

  // Records for other names only: not an answer to what was asked (Node's own resolver would have taken them).
  if (visited.size === 1 && answers.length > 0) return { kind: 'foreign' };
  const negativeTtlSec = clampTtl(Math.min(leastTtlSec, soaTtlSec ?? bounds.defaultTtlSec), bounds);
  if (rcode === 'NXDOMAIN') return { kind: 'answer', answer: { kind: 'nxdomain', ttlSec: negativeTtlSec } };
  if (soaTtlSec === null) {
    if (visited.size > 1) return { kind: 'answer', answer: { kind: 'alias', target: owner, steps: visited.size - 1, ttlSec: clampTtl(leastTtlSec, bounds) } };
    // A referral to other name servers is a lame answer from a server that should have asked them (RFC 1912 2.8).
    const referral = (packet.authorities ?? []).some((record) => record.type === 'NS');
    if (referral && !packet.flag_aa) return { kind: 'refused', detail: 'lame delegation', withoutEdns: false };
  }
  return { kind: 'answer', answer: { kind: 'nodata', ttlSec: negativeTtlSec } };
}

function recordsOf(owned: readonly Answer[], type: QueryType): { mx: MxRecord[]; ips: string[]; ttlSec: number } | null {
  const mx: MxRecord[] = [];
  const ips: string[] = [];
  let ttlSec = Infinity;
  for (const record of owned) {
    if (record.type !== type) continue;
    if (record.type === 'MX') mx.push({ preference: record.data.preference ?? 0, exchange: canonicalName(record.data.exchange) });
    else ips.push(record.data);
    ttlSec = Math.min(ttlSec, record.ttl ?? 0);
  }
  return mx.length + ips.length > 0 ? { mx, ips, ttlSec } : null;
}

/** Seconds that a negative answer may be kept: the lesser of the SOA's own TTL and its minimum (RFC 2308, 5). */
function negativeTtlOf(authorities: readonly Answer[]): number | null {
  for (const record of authorities) {
    if (record.type === 'SOA') return Math.min(record.ttl ?? 0, record.data.minimum ?? 0);
  }
  return null;
}

function clampTtl(ttlSec: number, bounds: TtlBounds): number {
  return Math.min(bounds.maxTtlSec, Math.max(bounds.minTtlSec, ttlSec));
}
