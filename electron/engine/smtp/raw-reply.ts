// A reply as it was received, and what it is once decoded: made once, so that everybody who got these same words holds the
// same `SmtpReply` object and may remember what it means. Judges nothing.
import type { SmtpReply } from '../../../shared/verdict/evidence.ts';
import { makeReply } from '../../../shared/verdict/reply.ts';

export class RawReply {
  /** 200-599. */
  readonly code: number;
  /** What follows the code and its separator, for each line. Its characters are octets (latin1). */
  readonly lines: readonly string[];
  #reply: SmtpReply | null = null;

  constructor(code: number, lines: readonly string[]) {
    this.code = code;
    this.lines = lines;
  }

  /** Decoded and safe to show (`makeReply`); always the same object. */
  get reply(): SmtpReply {
    this.#reply ??= makeReply(this.code, this.lines);
    return this.#reply;
  }
}
