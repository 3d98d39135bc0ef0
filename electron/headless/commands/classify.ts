// `winnow classify`: JSON lines {reply, stage?} in, {status, reason} out, in the same order.
// A line that is no such object gets {"error"} in its place, so that nothing shifts, and exit code 2 at the end.
import { z } from 'zod';
import { UserError } from '../../../shared/errors.ts';
import { SMTP_STAGES } from '../../../shared/verdict/evidence.ts';
import { replyFromText } from '../../../shared/verdict/reply.ts';
import { statusOf, type Reason, type Status } from '../../../shared/verdict/verdict.ts';
import { classifyReply } from '../../engine/classify/classify-reply.ts';
import { EXIT } from '../exit-code.ts';
import { parseOptions } from '../parse-options.ts';
import { readLines } from '../read-lines.ts';
import { writeOut } from '../write-lines.ts';

const lineSchema = z.object({
  reply: z.string(),
  stage: z.preprocess((stage) => (typeof stage === 'string' ? stage.toUpperCase() : stage), z.enum(SMTP_STAGES).nullish()),
});

export async function classify(args: string[]): Promise<number> {
  const { positionals } = parseOptions(args, {});
  if (positionals.length > 0) {
    throw new UserError('BadUsage', 'winnow classify reads JSON lines from standard input and takes no arguments.');
  }
  let number = 0;
  let faults = 0;
  for await (const lines of readLines(process.stdin)) {
    let out = '';
    for (const line of lines) {
      number += 1;
      const answer = classifyLine(line);
      if ('error' in answer) {
        faults += 1;
        process.stderr.write(`line ${String(number)}: ${answer.error}\n`);
      }
      out += `${JSON.stringify(answer)}\n`;
    }
    await writeOut(out);
  }
  return faults === 0 ? EXIT.done : EXIT.badUsage;
}

export function classifyLine(line: string): { status: Status; reason: Reason } | { error: string } {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return { error: 'this line is not JSON' };
  }
  const parsed = lineSchema.safeParse(json);
  if (!parsed.success) {
    return { error: parsed.error.issues.map((issue) => `${issue.path.join('.') || 'line'}: ${issue.message}`).join('; ') };
  }
  const reply = replyFromText(parsed.data.reply);
  // Words without a code are no SMTP reply (faults row 14).
  const reason = reply === null ? 'protocol_error' : classifyReply({ reply, stage: parsed.data.stage ?? null }).reason;
  return { status: statusOf(reason), reason };
}
