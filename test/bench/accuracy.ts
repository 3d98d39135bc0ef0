// How often the classifier says of a real reply what a careful reader says, per source and in all, with the confusion
// matrix. Read from the folder that WINNOW_CORPORA names; without it there is nothing to measure, and that is an error.
import { classifyReply } from '../../electron/engine/classify/classify-reply.ts';
import { parseAddress } from '../../shared/address/parse-address.ts';
import { SMTP_STAGES } from '../../shared/verdict/evidence.ts';
import { replyFromText } from '../../shared/verdict/reply.ts';
import { isReason, statusOf, type Reason, type Status } from '../../shared/verdict/verdict.ts';
import { corpusAddresses, corpusReplies, type CorpusReply } from '../lab/corpora.ts';
import type { BenchmarkResult } from './benchmark.ts';

interface Judged {
  readonly source: string;
  readonly sure: string;
  readonly label: string;
  readonly said: Reason;
  readonly right: boolean;
}

export function accuracy(): BenchmarkResult {
  const replies = corpusReplies();
  const addresses = corpusAddresses();
  if (replies === null || addresses === null) throw new Error('WINNOW_CORPORA must name the folder with the corpora');
  const judged = replies.map(judge);
  const clear = judged.filter(({ sure }) => sure === 'high');
  const statusOfLabel = (label: string): Status | null => (isReason(label) ? statusOf(label) : null);
  const blamed = judged.filter(({ label, said }) => statusOfLabel(label) === 'unknown' && statusOf(said) === 'undeliverable');
  const refusals = judged.filter(({ label }) => statusOfLabel(label) === 'undeliverable');
  const missed = refusals.filter(({ said }) => statusOf(said) !== 'undeliverable');
  const wrongAddresses = addresses.filter(({ address, valid }) => parseAddress(address).ok !== valid);
  return {
    checks: [
      { name: 'reason right', value: percent(judged.filter(isRight).length, judged.length), unit: '%', op: '>=', bar: 97 },
      { name: 'reason right where clear', value: percent(clear.filter(isRight).length, clear.length), unit: '%', op: '>=', bar: 99 },
      { name: 'about us, policy, content or server, called undeliverable', value: blamed.length, unit: 'replies', op: '==', bar: 0 },
      { name: 'refusals of recipients missed', value: percent(missed.length, refusals.length), unit: '%', op: '<=', bar: 2 },
      { name: 'address syntax right', value: percent(addresses.length - wrongAddresses.length, addresses.length), unit: '%', op: '==', bar: 100 },
    ],
    details: {
      note: 'the rules were tuned on part of this corpus and corrected after reading the rest: expect less on replies never seen',
      replies: judged.length,
      bySource: bySource(judged),
      confusions: confusions(judged),
      addresses: addresses.length,
    },
  };
}

function judge({ reply: text, label, sure, stage, source }: CorpusReply): Judged {
  const reply = replyFromText(text);
  const known = SMTP_STAGES.find((name) => name === stage) ?? null;
  const said = reply === null ? 'protocol_error' : classifyReply({ reply, stage: known }).reason;
  return { source, sure, label, said, right: said === label };
}

const isRight = ({ right }: Judged) => right;

function percent(part: number, whole: number): number {
  return whole === 0 ? 100 : Math.round((part / whole) * 1000) / 10;
}

function bySource(judged: readonly Judged[]): Record<string, { replies: number; right: number; percent: number }> {
  const sources = [...new Set(judged.map(({ source }) => source))].sort();
  return Object.fromEntries(
    sources.map((source) => {
      const own = judged.filter((row) => row.source === source);
      const right = own.filter(isRight).length;
      return [source, { replies: own.length, right, percent: percent(right, own.length) }];
    }),
  );
}

/** Label → what was said → how often; the whole matrix, right ones too. */
function confusions(judged: readonly Judged[]): Record<string, Record<string, number>> {
  const matrix: Record<string, Record<string, number>> = {};
  for (const { label, said } of judged) {
    const row = (matrix[label] ??= {});
    row[said] = (row[said] ?? 0) + 1;
  }
  return matrix;
}
