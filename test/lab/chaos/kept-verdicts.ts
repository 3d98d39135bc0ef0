// What a killed verification's store has acknowledged, over all of the process's lives, against what its file holds and
// what the servers were asked for. Looks at a copy of the file: the next victim finds it, and its WAL, as the kill left them.
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';

type Kept = readonly [rowId: number, reason: string, final: boolean];

interface FinalVerdict {
  readonly reason: string;
  /** How often its servers were asked for it when it was final. */
  asked: number | null;
}

export class KeptVerdicts {
  readonly #path: string;
  readonly #addressOf: (row: number) => string;
  readonly #rows = new Set<number>();
  readonly #final = new Map<number, FinalVerdict>();

  constructor(path: string, addressOf: (row: number) => string) {
    this.#path = path;
    this.#addressOf = addressOf;
  }

  /** What does not hold, after a victim that has said this is gone. */
  afterLife(said: readonly string[], asked: ReadonlyMap<string, number>): string[] {
    const problems: string[] = [];
    for (const line of said) {
      if (!line.startsWith('kept ')) continue;
      for (const [row, reason, final] of JSON.parse(line.slice('kept '.length)) as readonly Kept[]) {
        if (this.#final.has(row)) problems.push(`row ${String(row)} was judged twice`);
        this.#rows.add(row);
        if (final) this.#final.set(row, { reason, asked: null });
      }
    }
    for (const [row, verdict] of this.#final) {
      const times = asked.get(this.#addressOf(row)) ?? 0;
      if (verdict.asked !== null && times > verdict.asked) problems.push(`row ${String(row)} was asked for again after its verdict was acknowledged`);
      verdict.asked = times;
    }
    problems.push(...this.#ofFile());
    return problems;
  }

  #ofFile(): string[] {
    const folder = mkdtempSync(join(tmpdir(), 'winnow-kept-'));
    const copy = join(folder, 'list.db');
    for (const suffix of ['', '-wal']) if (existsSync(`${this.#path}${suffix}`)) copyFileSync(`${this.#path}${suffix}`, `${copy}${suffix}`);
    const database = new Database(copy);
    try {
      return this.#problemsOf(database);
    } finally {
      database.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }

  #problemsOf(database: Database.Database): string[] {
    const problems: string[] = [];
    const integrity = String(database.pragma('integrity_check', { simple: true }));
    if (integrity !== 'ok') problems.push(`integrity_check: ${integrity}`);
    const there = new Map(database.prepare<[], [number, string]>('SELECT v.row_id, r.name FROM verdicts v JOIN reasons r ON r.code = v.reason').raw().all());
    for (const row of this.#rows) if (!there.has(row)) problems.push(`the verdict of row ${String(row)} was acknowledged and is lost`);
    for (const [row, { reason }] of this.#final) {
      const now = there.get(row);
      if (now !== undefined && now !== reason) problems.push(`row ${String(row)} was ${reason} and is ${now}`);
    }
    const counted = new Map(database.prepare<[], [string, number]>('SELECT name, n FROM counters').raw().all());
    const judged = (counted.get('state:done') ?? 0) + (counted.get('state:scheduled') ?? 0);
    if (judged !== there.size) problems.push(`the counters say ${String(judged)} verdicts, and there are ${String(there.size)}`);
    return problems;
  }
}
