// One client of the farm: bytes of commands in, bytes of replies out. Answers whatever came in a chunk at once, as a busy
// server does. Texts are Postfix's. It knows no content: DATA and its like are refused and counted as violations.
import { knownBetween, type FarmTruth } from './known-recipient.ts';

/** What a farm has served since it was started. */
export interface FarmCounters {
  connections: number;
  recipients: number;
  /** Commands that a probe must never send. */
  violations: number;
}

const EHLO = '250-farm.test\r\n250-PIPELINING\r\n250-SIZE 10240000\r\n250-ENHANCEDSTATUSCODES\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n';
export const GREETING = '220 farm.test ESMTP Postfix\r\n';

export class FarmSession {
  readonly #truth: FarmTruth;
  readonly #counters: FarmCounters;
  #rest = '';
  #inTransaction = false;
  #over = false;

  constructor(truth: FarmTruth, counters: FarmCounters) {
    this.#truth = truth;
    this.#counters = counters;
    counters.connections += 1;
  }

  /** True after QUIT: close once the replies are out. */
  get over(): boolean {
    return this.#over;
  }

  /** The replies to the commands that end in this chunk; '' for none. */
  push(chunk: string): string {
    const text = this.#rest + chunk;
    let replies = '';
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1 && !this.#over; end = text.indexOf('\n', start)) {
      replies += this.#answer(text, start, end);
      start = end + 1;
    }
    this.#rest = start === text.length ? '' : text.slice(start);
    return replies;
  }

  /** The command in `text` from `start` up to its line feed at `end`. */
  #answer(text: string, start: number, end: number): string {
    const first = text.charCodeAt(start) | 32;
    const second = text.charCodeAt(start + 1) | 32;
    // rc: RCPT, by far the most.
    if (first === 114 && second === 99) return this.#recipient(text, start, end);
    switch (text.slice(start, start + 4).toUpperCase()) {
      case 'EHLO':
        return EHLO;
      case 'HELO':
        return '250 farm.test\r\n';
      case 'MAIL':
        if (this.#inTransaction) return '503 5.5.1 Error: nested MAIL command\r\n';
        this.#inTransaction = true;
        return '250 2.1.0 Ok\r\n';
      case 'RSET':
        this.#inTransaction = false;
        return '250 2.0.0 Ok\r\n';
      case 'NOOP':
        return '250 2.0.0 Ok\r\n';
      case 'QUIT':
        this.#over = true;
        return '221 2.0.0 Bye\r\n';
      default:
        this.#counters.violations += 1;
        return '502 5.5.2 Error: command not recognized\r\n';
    }
  }

  #recipient(text: string, start: number, end: number): string {
    this.#counters.recipients += 1;
    if (!this.#inTransaction) return '503 5.5.1 Error: need MAIL command\r\n';
    const from = text.indexOf('<', start) + 1;
    const to = text.indexOf('>', from);
    if (from === 0 || from > end || to === -1 || to > end) return '501 5.1.3 Bad recipient address syntax\r\n';
    if (knownBetween(text, from, to, this.#truth)) return '250 2.1.5 Ok\r\n';
    return `550 5.1.1 <${text.slice(from, to)}>: Recipient address rejected: User unknown in virtual mailbox table\r\n`;
  }
}
