// What an SMTP server was asked on one connection and how it answered, read from the bytes of both sides as they pass a
// proxy. Replies are matched to commands in their order (RFC 2920). Watches only; knows no other connection.
// A reply that Postfix holds back is told apart by its cause: `in_flow_delay` (a second before the first recipient of a
// transaction is accepted, where messages come in faster than its queue manager takes them) is traffic's doing; everything else
// counts as slowed by errors (`smtpd_error_sleep_time`, from the 10th error of a session on).
import type { ProxyTap } from '../../lab/delay-proxy.ts';

/** Both of Postfix's delays are a second. */
const DELAY_MS = 1_000;
/** Later than this is no chance on loopback. */
const LATE_MS = 800;
/** `smtpd_soft_error_limit`. */
const SOFT_ERRORS = 10;

export interface TranscriptOptions {
  /** Milliseconds, any origin. */
  readonly now: () => number;
  /** What a command takes from here to the server. */
  readonly oneWayMs: number;
  readonly onCommand?: (atMs: number) => void;
  /** The client has said QUIT, or is gone without it. Called once. */
  readonly onLeft?: () => void;
}

export class SmtpTranscript implements ProxyTap {
  readonly recipients: string[] = [];
  commands = 0;
  forbidden = 0;
  /** 4yz and 5yz of any command: what Postfix counts. */
  errors = 0;
  refusedRecipients = 0;
  closedWith421 = 0;
  slowed = 0;
  flowDelayed = 0;

  readonly #options: TranscriptOptions;
  /** Sent and not answered; the greeting answers nothing. */
  readonly #pending: { readonly verb: string; readonly reachesAtMs: number }[];
  readonly #client = new Lines();
  readonly #server = new Lines();
  #lastReplyAtMs: number;
  /** Nobody was accepted yet in the open transaction. */
  #fresh = true;
  #left = false;

  constructor(options: TranscriptOptions) {
    this.#options = options;
    this.#lastReplyAtMs = options.now();
    this.#pending = [{ verb: '', reachesAtMs: this.#lastReplyAtMs }];
  }

  client(chunk: Buffer): void {
    const atMs = this.#options.now();
    for (const line of this.#client.of(chunk)) {
      const verb = line.slice(0, 4).toUpperCase();
      this.#pending.push({ verb, reachesAtMs: atMs + this.#options.oneWayMs });
      this.commands += 1;
      if (/^(?:DATA|BDAT|VRFY|EXPN|AUTH)/i.test(line)) this.forbidden += 1;
      const recipient = /^RCPT TO:<([^>]*)>/i.exec(line)?.[1];
      if (recipient !== undefined) this.recipients.push(recipient);
      this.#options.onCommand?.(atMs);
      // From here on it asks nothing; Postfix ends the session as soon as it reads this.
      if (verb === 'QUIT') this.#leave();
    }
  }

  clientEnd(): void {
    this.#leave();
  }

  server(chunk: Buffer): void {
    const atMs = this.#options.now();
    const first = this.#pending[0];
    let firstAccepted = 0;
    let replies = 0;
    for (const line of this.#server.of(chunk)) {
      if (line[3] === '-') continue;
      replies += 1;
      if (this.#answered(line)) firstAccepted += 1;
    }
    if (replies === 0) return;
    const lateMs = atMs - Math.max(first?.reachesAtMs ?? 0, this.#lastReplyAtMs);
    this.#lastReplyAtMs = atMs;
    if (lateMs < LATE_MS) return;
    const isFlow = firstAccepted > 0 && this.errors < SOFT_ERRORS && lateMs - firstAccepted * DELAY_MS < LATE_MS;
    if (isFlow) this.flowDelayed += 1;
    else this.slowed += 1;
  }

  #leave(): void {
    if (this.#left) return;
    this.#left = true;
    this.#options.onLeft?.();
  }

  /** Whether it is the first acceptance of its transaction. */
  #answered(line: string): boolean {
    const code = Number(line.slice(0, 3));
    const { verb } = this.#pending.shift() ?? { verb: '' };
    if (code === 421) this.closedWith421 += 1;
    if (code >= 400) this.errors += 1;
    if (verb === 'MAIL') this.#fresh = true;
    if (verb !== 'RCPT') return false;
    if (code >= 400) {
      this.refusedRecipients += 1;
      return false;
    }
    const isFirst = this.#fresh;
    this.#fresh = false;
    return isFirst;
  }
}

/** Lines out of chunks that end anywhere. */
class Lines {
  #rest = '';

  of(chunk: Buffer): readonly string[] {
    const parts = (this.#rest + chunk.toString('latin1')).split('\r\n');
    this.#rest = parts.pop() ?? '';
    return parts;
  }
}
