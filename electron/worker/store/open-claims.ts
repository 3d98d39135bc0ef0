// The claims that are open, as far as the commit needs to know them: which rows were handed out for the first time and
// have no verdict yet, so that the database is not asked about each, and what their domains were known for.
// In memory only, and bounded by the open claims. A commit that fails puts back what it took.
import type { DomainFacts } from '../interface.ts';

export interface OpenClaim {
  readonly domainId: number;
  /** As committed. */
  facts: DomainFacts;
  /** The domain's place in the queue, as committed: its first row that was never judged; null: none. */
  nextRow: number | null;
  /** Its first fresh row behind those of the claim; null: none. */
  readonly behind: number | null;
  /** Fresh rows of the claim, ascending. */
  readonly rows: readonly number[];
  /** How many of them have no verdict. */
  left: number;
  /** The domain may have bare refusals that are not settled. */
  hasProvisional: boolean;
}

export class OpenClaims {
  readonly #byDomain = new Map<number, OpenClaim>();
  readonly #byRow = new Map<number, OpenClaim>();
  #taken: { readonly rowId: number; readonly claim: OpenClaim }[] = [];

  get size(): number {
    return this.#byDomain.size;
  }

  has(domainId: number): boolean {
    return this.#byDomain.has(domainId);
  }

  ofDomain(domainId: number): OpenClaim | undefined {
    return this.#byDomain.get(domainId);
  }

  add(claim: OpenClaim): void {
    this.#byDomain.set(claim.domainId, claim);
    for (const row of claim.rows) this.#byRow.set(row, claim);
  }

  /** The row gets its first verdict now. Undefined: nothing is known of it; the database has to be asked. */
  take(rowId: number): OpenClaim | undefined {
    const claim = this.#byRow.get(rowId);
    if (claim === undefined) return undefined;
    this.#byRow.delete(rowId);
    claim.left--;
    this.#taken.push({ rowId, claim });
    return claim;
  }

  /** The first row of the domain that has no verdict when the claim ends. */
  nextRowOf(claim: OpenClaim): number | null {
    if (claim.left === 0) return claim.behind;
    return claim.rows.find((row) => this.#byRow.has(row)) ?? claim.behind;
  }

  /** What was taken is committed. */
  keep(): void {
    this.#taken = [];
  }

  putBack(): void {
    for (const { rowId, claim } of this.#taken) {
      this.#byRow.set(rowId, claim);
      claim.left++;
    }
    this.#taken = [];
  }

  remove(domainId: number): void {
    const claim = this.#byDomain.get(domainId);
    if (claim === undefined) return;
    this.#byDomain.delete(domainId);
    if (claim.left > 0) for (const row of claim.rows) this.#byRow.delete(row);
  }
}
