// Notices that a server has begun to crawl: a flight takes several times what this session's own earlier ones took.
// Postfix answers a client that annoys it a second late instead of refusing it (smtpd_error_sleep_time), and others do
// likewise, so slow replies are a server's way of saying "too much" before it says 421.
// A session is measured against itself only: what is slow here may be quick elsewhere. Keeps a few numbers a session.

/** Flights that are looked back at. */
const KEPT = 9;
/** Before so many there is nothing to compare with. */
const AT_LEAST = 2;
const TIMES_AS_LONG = 4;
/** Less than this much more is the network's jitter, whatever the ratio. */
const LEAST_MORE_MS = 500;

export class ReplyTimes {
  readonly #flights: { readonly tookMs: number; readonly recipients: number }[] = [];

  /** A flight of so many recipients was answered completely. True: the server crawls. */
  crawls(tookMs: number, recipients: number): boolean {
    const expectedMs = this.#expectedMs(recipients);
    this.#flights.push({ tookMs, recipients });
    if (this.#flights.length > KEPT) this.#flights.shift();
    return expectedMs !== null && tookMs > expectedMs * TIMES_AS_LONG && tookMs - expectedMs > LEAST_MORE_MS;
  }

  /** From the median flight. A larger flight may take longer in proportion; a smaller one has the same round trip. */
  #expectedMs(recipients: number): number | null {
    if (this.#flights.length < AT_LEAST) return null;
    const byTime = this.#flights.toSorted((a, b) => a.tookMs - b.tookMs);
    const median = byTime[Math.floor(byTime.length / 2)];
    return median === undefined ? null : median.tookMs * Math.max(1, recipients / median.recipients);
  }
}
