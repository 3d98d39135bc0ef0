// Shared by the classifier's tests: from a raw reply to its classification.
import { classifyReply } from '../../../electron/engine/classify/classify-reply.ts';
import type { Classification } from '../../../electron/engine/classify/types.ts';
import type { SmtpReply, SmtpStage } from '../../../shared/verdict/evidence.ts';
import { replyFromText } from '../../../shared/verdict/reply.ts';

export function reply(text: string): SmtpReply {
  const parsed = replyFromText(text);
  if (parsed === null) throw new Error(`no reply: ${text}`);
  return parsed;
}

export function classify(text: string, stage: SmtpStage | null = 'RCPT', mxHost: string | null = null): Classification {
  return classifyReply({ reply: reply(text), stage, mxHost });
}
