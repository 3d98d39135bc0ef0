// The user's limit of recipients a day for the servers of one rule. The store counts, so that neither a restart nor a
// second list begins anew; here is only what it has granted and what of that is used up.
// Always holds: nobody is asked beyond what was granted before, so that a killed process may leave the count too high by
// one grant and never too low. The day is the calendar's, in local time.
import type { Clock } from '../clock.ts';

/** What the store is asked; see `DailyGrant` of its interface. */
interface GrantWanted {
  /** Local calendar day, as 2026-11-21. */
  readonly day: string;
  readonly key: string;
  /** Recipients; below 0: so many of a grant were not used. */
  readonly want: number;
  /** Recipients a day. */
  readonly cap: number;
}

/** How many of those wanted are granted; 0: the cap is reached. */
export type AskDailyGrant = (grant: GrantWanted) => Promise<number>;

/** What is asked for at once: no question to the store for each flight, and little that a kill could waste. */
const MOST_A_GRANT = 500;
const GRANTS_A_DAY = 50;

export class DailyAllowance {
  readonly key: string;
  readonly #cap: number;
  readonly #ask: AskDailyGrant;
  readonly #clock: Clock;
  readonly #changed: () => void;
  #day = '';
  #left = 0;
  #exhausted = false;
  #asking: Promise<void> | null = null;

  /** `changed`: there is room again, or the cap is reached. */
  constructor(rule: { readonly key: string; readonly cap: number }, ask: AskDailyGrant, clock: Clock, changed: () => void) {
    this.key = rule.key;
    this.#cap = rule.cap;
    this.#ask = ask;
    this.#clock = clock;
    this.#changed = changed;
  }

  /** Recipients that may be asked now. 0: none, or it is not known yet; `changed` tells. */
  get room(): number {
    this.#look();
    return this.#left;
  }

  /** Nobody may be asked any more today. */
  get isReached(): boolean {
    this.#look();
    return this.#exhausted && this.#left === 0;
  }

  /** Epoch milliseconds at which the next day begins. */
  get nextDayMs(): number {
    const now = new Date(this.#clock.epochMs());
    return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime();
  }

  /** So many are asked now; at most `room`. */
  spend(recipients: number): void {
    this.#left -= recipients;
    this.#look();
  }

  /** The run ends: what was granted and not used counts for nobody. */
  async giveBack(): Promise<void> {
    await this.#asking;
    const unused = this.#left;
    this.#left = 0;
    if (unused > 0 && this.#day === this.#today()) await this.#ask({ day: this.#day, key: this.key, want: -unused, cap: this.#cap });
  }

  #look(): void {
    const today = this.#today();
    if (today !== this.#day) {
      this.#day = today;
      this.#left = 0;
      this.#exhausted = false;
    }
    const grant = Math.max(1, Math.min(MOST_A_GRANT, Math.ceil(this.#cap / GRANTS_A_DAY)));
    if (this.#asking !== null || this.#exhausted || this.#left > grant / 2) return;
    this.#asking = this.#ask({ day: today, key: this.key, want: grant, cap: this.#cap }).then(
      (granted) => {
        this.#asking = null;
        if (this.#day !== today) return;
        this.#left += granted;
        if (granted === 0) this.#exhausted = true;
        this.#changed();
      },
      () => {
        // The store has told the run already; nobody is asked without its count.
        this.#asking = null;
        this.#exhausted = true;
        this.#changed();
      },
    );
  }

  #today(): string {
    const now = new Date(this.#clock.epochMs());
    const two = (n: number) => String(n).padStart(2, '0');
    return `${String(now.getFullYear())}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  }
}
