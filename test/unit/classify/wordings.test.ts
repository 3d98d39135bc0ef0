// What each reason sounds like, in the words and languages of real servers: one file a reason in fixtures/replies/wordings,
// one reply a line, `@STAGE ` before it where it was not given to RCPT. The file's name is the reason that must come out.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SMTP_STAGES } from '../../../shared/verdict/evidence.ts';
import { isReason, statusOf, type Reason } from '../../../shared/verdict/verdict.ts';
import { classify } from './classify-helpers.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/replies/wordings');

interface Wording {
  readonly reason: Reason;
  readonly line: string;
  readonly said: ReturnType<typeof classify>;
}

function wordings(file: string): readonly Wording[] {
  const reason = file.replace(/\.txt$/, '');
  if (!isReason(reason)) throw new Error(`${file} is named after no reason`);
  const lines = readFileSync(join(FOLDER, file), 'utf8').split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => ({ reason, line, said: judged(line) }));
}

function judged(line: string): ReturnType<typeof classify> {
  const [, name, text = ''] = /^(?:@([A-Z]+) )?(.*)$/.exec(line) ?? [];
  const stage = name === undefined ? null : SMTP_STAGES.find((known) => known === name);
  if (stage === undefined) throw new Error(`no such stage: ${line}`);
  return classify(text.replaceAll('\\r\\n', '\r\n'), stage);
}

const FILES = readdirSync(FOLDER);
const ALL = FILES.flatMap(wordings);

describe('the wordings of each reason', () => {
  it.each(FILES)('%s', (file) => {
    const wrong = wordings(file).filter(({ reason, said }) => said.reason !== reason);
    expect(wrong.map(({ line, said }) => `${line} -> ${said.reason}`)).toEqual([]);
  });

  it('holds a wide choice of them, none in two files', () => {
    expect(ALL.length).toBeGreaterThan(1000);
    expect(new Set(ALL.map(({ line }) => line)).size).toBe(ALL.length);
  });

  it('tells of whom each speaks: of the recipient only where the reason does', () => {
    const wrong = ALL.filter(({ reason, said }) => (statusOf(reason) !== 'unknown') !== (said.scope === 'recipient') && !said.bare);
    expect(wrong.map(({ line, said }) => `${line} -> ${said.scope}`)).toEqual([]);
  });

  it.each(['greylisted', 'rate_limited', 'ip_blocked', 'needs_ptr', 'helo_rejected', 'sender_rejected', 'tls_required', 'relay_denied'])(
    '%s stands also where words about the mailbox follow',
    (reason) => {
      const lines = wordings(`${reason}.txt`).filter(({ line }) => line.startsWith('5'));
      const after = [' no such user', ' <joe@example.com>: mailbox not found', '. Account disabled.', ' (#5.1.1)'];
      const blamed = lines.flatMap(({ line }) => after.map((words) => line + words)).filter((line) => statusOf(judged(line).reason) === 'undeliverable');
      expect(lines.length).toBeGreaterThan(0);
      expect(blamed).toEqual([]);
    },
  );

  it('gives no undeliverable for any of them at MAIL or CONNECT', () => {
    const lines = ALL.map(({ line }) => line.replace(/^@[A-Z]+ /, '').replaceAll('\\r\\n', '\r\n'));
    const blamed = lines.flatMap((line) => (['CONNECT', 'EHLO', 'MAIL', 'STARTTLS'] as const).filter((stage) => statusOf(classify(line, stage).reason) === 'undeliverable').map((stage) => `${stage} ${line}`));
    expect(blamed).toEqual([]);
  });
});
