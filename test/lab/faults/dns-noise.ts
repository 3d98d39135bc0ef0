// What may differ between two right answers to one question, driven by a seed: order of the records, case of the names,
// EDNS or none, answers that come twice, answers to an earlier question that come late, TCP cut into any pieces.
// Always holds: nothing of it may change what is looked up. The same seed gives the same noise.
import type { Answer } from 'dns-packet';
import { shuffle } from '../../bench/store/seeded.ts';
import type { LabAnswer, LabQuery, LabScript } from '../dns-server.ts';

const OPT = { type: 'OPT', name: '.', udpPayloadSize: 1232, extendedRcode: 0, ednsVersion: 0, flags: 0, flag_do: false, options: [] } as unknown as Answer;
/** What an answer could be read again from later. */
const KEPT = 20;

export function noisy(script: LabScript, random: () => number): LabScript {
  const earlier: LabAnswer[] = [];
  return (query) => {
    const scripted = script(query);
    const answers = (Array.isArray(scripted) ? (scripted as readonly LabAnswer[]) : [scripted as LabAnswer]).map((answer) => dressed(answer, query, random));
    if (query.transport === 'tcp') return answers;
    const late = random() < 0.2 ? earlier[Math.floor(random() * earlier.length)] : undefined;
    for (const answer of answers) {
      if (answer.raw === undefined && answer.question !== null && earlier.length < KEPT) earlier.push({ id: query.id, question: { name: query.name, type: query.type } as never, ...answer });
    }
    const doubled = random() < 0.2 ? [...answers, ...answers] : answers;
    return late === undefined ? doubled : [late, ...doubled];
  };
}

/** Cuts bytes at places that the seed picks: whole, byte by byte, or anything between. */
export function cutBy(random: () => number): (bytes: Buffer) => readonly Buffer[] {
  return (bytes) => {
    const way = random();
    if (way < 0.25) return [bytes];
    const longest = way < 0.5 && bytes.length < 2_000 ? 1 : Math.max(1, Math.floor(random() * bytes.length));
    const parts: Buffer[] = [];
    for (let at = 0; at < bytes.length; ) {
      const length = 1 + Math.floor(random() * longest);
      parts.push(bytes.subarray(at, at + length));
      at += length;
    }
    return parts;
  };
}

/** RFC 4343: names differ by case only in how they look. */
export function mixedCase(name: string, random: () => number): string {
  return name.replace(/[a-z]/g, (letter) => (random() < 0.5 ? letter.toUpperCase() : letter));
}

function dressed(answer: LabAnswer, query: LabQuery, random: () => number): LabAnswer {
  if (answer.raw !== undefined) return answer;
  const mixed = random() < 0.5;
  const answers = (answer.answers ?? []).map((record) => (mixed ? { ...record, name: mixedCase(record.name, random) } : record));
  shuffle(answers, random);
  const question = answer.question !== undefined || !mixed ? {} : { question: { name: mixedCase(query.name, random), type: query.type } as never };
  const additionals = query.edns && random() < 0.7 ? [OPT] : [];
  return { additionals, ...question, ...answer, answers };
}
