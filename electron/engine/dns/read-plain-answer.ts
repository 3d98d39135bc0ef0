// The fast way to read the answers that nearly all answers are: our question, then MX or A records owned by it, or
// nothing but one SOA, then at most an empty EDNS record. Whatever is not exactly that gives null and is left to dns-packet.
// Always holds: an answer that is given is the one that `readMessage` would give by way of dns-packet (a property test
// compares them on well-formed, damaged and random bytes). Never throws and never reads outside of the message.
import { isHostCode } from './dns-name.ts';
import type { DnsAnswer, MxRecord, TtlBounds } from './dns-answer.ts';
import { TYPE_CODES } from './encode-question.ts';
import type { Question } from './question.ts';

const HEADER_BYTES = 12;
const MAX_RECORDS = 32;
/** dns-packet refuses names that are longer. */
const LONGEST_NAME_BYTES = 254;
const OPT_TYPE = 41;
const SOA_TYPE = 6;
const CLASS_IN = 1;
const NXDOMAIN = 3;
const DOT = 0x2e;
const NO_MX: MxRecord[] = [];
const NO_IPS: string[] = [];

/** The name that `readName` has read last: lower-case, dots between the labels. */
const nameBytes = Buffer.alloc(LONGEST_NAME_BYTES + 1);
let nameLength = 0;
/** Whether it is made of host name characters only. */
let nameIsPlain = true;

/** `bytes` carries our id and is at least a header long. Null: dns-packet has to look. */
export function readPlainAnswer(bytes: Buffer, question: Question, ttl: TtlBounds): DnsAnswer | null {
  // An answer (QR), opcode 0, not truncated; one question.
  if ((byteAt(bytes, 2) & 0xfa) !== 0x80 || u16(bytes, 4) !== 1) return null;
  const rcode = byteAt(bytes, 3) & 0x0f;
  const answers = u16(bytes, 6);
  const authorities = u16(bytes, 8);
  const additionals = u16(bytes, 10);
  const at = questionEnd(bytes, question);
  if (at < 0) return null;
  if (answers > 0 && answers <= MAX_RECORDS && authorities === 0 && rcode === 0) return records(bytes, at, answers, additionals, question, ttl);
  if (answers === 0 && authorities === 1 && (rcode === 0 || rcode === NXDOMAIN)) return negative(bytes, at, additionals, rcode, ttl);
  return null;
}

function records(bytes: Buffer, start: number, count: number, additionals: number, { type }: Question, ttl: TtlBounds): DnsAnswer | null {
  const code = TYPE_CODES[type];
  if (type === 'AAAA') return null;
  // Of their final length: an array that grows by pushing keeps room for seventeen, a hundred thousand times over.
  const mx = type === 'A' ? NO_MX : new Array<MxRecord>(count);
  const ips = type === 'A' ? new Array<string>(count) : NO_IPS;
  let leastTtlSec = Infinity;
  let at = start;
  for (let index = 0; index < count; index += 1) {
    // The owner as everybody writes it: a pointer to the question (RFC 1035 4.1.4).
    if (at + 12 > bytes.length || u16(bytes, at) !== 0xc000 + HEADER_BYTES || u16(bytes, at + 2) !== code || u16(bytes, at + 4) !== CLASS_IN) return null;
    const dataLength = u16(bytes, at + 10);
    const data = at + 12;
    const end = data + dataLength;
    if (end > bytes.length) return null;
    leastTtlSec = Math.min(leastTtlSec, u32(bytes, at + 6));
    if (type === 'A') {
      if (dataLength !== 4) return null;
      ips[index] = `${byteAt(bytes, data)}.${byteAt(bytes, data + 1)}.${byteAt(bytes, data + 2)}.${byteAt(bytes, data + 3)}`;
    } else {
      if (dataLength < 3 || readName(bytes, data + 2) !== end || !nameIsPlain) return null;
      mx[index] = { preference: u16(bytes, data), exchange: nameBytes.toString('latin1', 0, nameLength) };
    }
    at = end;
  }
  if (!endsPlainly(bytes, at, additionals)) return null;
  return { kind: 'records', mx, ips, ttlSec: clamp(leastTtlSec, ttl) };
}

function negative(bytes: Buffer, start: number, additionals: number, rcode: number, ttl: TtlBounds): DnsAnswer | null {
  const at = readName(bytes, start);
  if (at < 0 || at + 10 > bytes.length || u16(bytes, at) !== SOA_TYPE || u16(bytes, at + 2) !== CLASS_IN) return null;
  const end = at + 10 + u16(bytes, at + 8);
  const responsible = readName(bytes, at + 10);
  const numbers = responsible < 0 ? -1 : readName(bytes, responsible);
  if (numbers < 0 || numbers + 20 !== end || end > bytes.length || !endsPlainly(bytes, end, additionals)) return null;
  // RFC 2308, 5.
  const ttlSec = clamp(Math.min(u32(bytes, at + 4), u32(bytes, numbers + 16)), ttl);
  return rcode === NXDOMAIN ? { kind: 'nxdomain', ttlSec } : { kind: 'nodata', ttlSec };
}

/** Where the question ends, if it is ours; -1 if not. */
function questionEnd(bytes: Buffer, { name, type }: Question): number {
  const typeAt = HEADER_BYTES + name.length + 2;
  if (typeAt + 4 > bytes.length) return -1;
  let at = HEADER_BYTES;
  let labelEnd = HEADER_BYTES + 1 + byteAt(bytes, HEADER_BYTES);
  for (let index = 0; index < name.length; index += 1) {
    at += 1;
    const code = name.charCodeAt(index);
    if (code === DOT) {
      if (at !== labelEnd) return -1;
      labelEnd = at + 1 + byteAt(bytes, at);
    } else if (at === labelEnd || lowerCase(byteAt(bytes, at)) !== code) {
      return -1;
    }
  }
  at += 1;
  if (at !== labelEnd || byteAt(bytes, at) !== 0) return -1;
  return u16(bytes, typeAt) === TYPE_CODES[type] && u16(bytes, typeAt + 2) === CLASS_IN ? typeAt + 4 : -1;
}

/** Nothing more, or one EDNS record without options. */
function endsPlainly(bytes: Buffer, at: number, additionals: number): boolean {
  if (additionals === 0) return true;
  return additionals === 1 && at + 11 <= bytes.length && byteAt(bytes, at) === 0 && u16(bytes, at + 1) === OPT_TYPE && u16(bytes, at + 9) === 0;
}

/** Reads a name, compressed or not, by dns-packet's rules (pointers lead backwards only); gives where it ends, or -1. */
function readName(bytes: Buffer, start: number): number {
  let at = start;
  let before = start;
  let end = -1;
  let total = 0;
  nameLength = 0;
  nameIsPlain = true;
  for (;;) {
    if (at >= bytes.length) return -1;
    const length = byteAt(bytes, at);
    at += 1;
    if (length === 0) return end < 0 ? at : end;
    if (length < 0x40) {
      total += length + 1;
      if (at + length > bytes.length || total > LONGEST_NAME_BYTES) return -1;
      if (nameLength > 0) {
        nameBytes[nameLength] = DOT;
        nameLength += 1;
      }
      for (const labelEnd = at + length; at < labelEnd; at += 1) {
        const code = lowerCase(byteAt(bytes, at));
        if (!isHostCode(code)) nameIsPlain = false;
        nameBytes[nameLength] = code;
        nameLength += 1;
      }
    } else if (length >= 0xc0) {
      if (at >= bytes.length) return -1;
      const target = ((length & 0x3f) << 8) | byteAt(bytes, at);
      if (target >= before) return -1;
      if (end < 0) end = at + 1;
      at = target;
      before = target;
    } else {
      return -1;
    }
  }
}

function lowerCase(code: number): number {
  return code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
}

function clamp(ttlSec: number, bounds: TtlBounds): number {
  return Math.min(bounds.maxTtlSec, Math.max(bounds.minTtlSec, ttlSec));
}

function byteAt(bytes: Buffer, at: number): number {
  return bytes[at] ?? 0;
}

function u16(bytes: Buffer, at: number): number {
  return (byteAt(bytes, at) << 8) | byteAt(bytes, at + 1);
}

function u32(bytes: Buffer, at: number): number {
  return u16(bytes, at) * 0x1_0000 + u16(bytes, at + 2);
}
