// The corpora of real replies and addresses, read where they lie: the folder that WINNOW_CORPORA names.
// Unset: left out, and the tests say so. Set and missing: a failure, so that they cannot be lost without notice.
// They are no part of the project and never copied into it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface CorpusReply {
  readonly reply: string;
  readonly label: string;
  readonly sure: 'high' | 'fair';
  readonly stage: string | null;
  readonly source: string;
}

export interface CorpusAddress {
  readonly address: string;
  readonly valid: boolean;
  readonly diagnosis: string;
}

/** Null where no folder is named. Throws where one is named and the file is not in it. */
export function corpusReplies(): readonly CorpusReply[] | null {
  return read('smtp-replies.jsonl') as readonly CorpusReply[] | null;
}

/** Null where no folder is named. Throws where one is named and the file is not in it. */
export function corpusAddresses(): readonly CorpusAddress[] | null {
  return read('address-syntax.jsonl') as readonly CorpusAddress[] | null;
}

function read(name: string): readonly unknown[] | null {
  const folder = process.env['WINNOW_CORPORA'];
  if (folder === undefined || folder === '') return null;
  const lines = readFileSync(join(folder, name), 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as unknown);
}
