// Lines of delimited text and what was wrong between them, as chunks that tell both in their order: a chunk ends where a
// problem is told, so that whoever counts the rows knows before which row it came.
import type { SourceChunk, SourceProblem } from '../list-source.ts';

/** Beyond these, problems no longer cut chunks: only the first hundred are ever shown. */
const MAX_CUTS = 1_000;

export class ChunkBuilder {
  #chunks: { readonly bytes: Buffer; readonly problems: readonly SourceProblem[] }[] = [];
  #lines: string[] = [];
  #problems: SourceProblem[] = [];
  #cuts = 0;

  line(text: string): void {
    if (this.#problems.length > 0 && this.#cuts < MAX_CUTS) {
      this.#cuts++;
      this.#cut();
    }
    this.#lines.push(text);
  }

  /** It comes before the line that is added next. */
  problem(problem: SourceProblem): void {
    this.#problems.push(problem);
  }

  /** What has been added since the last call; `read` as in `SourceChunk`. */
  take(read: number): readonly SourceChunk[] {
    this.#cut();
    const chunks = this.#chunks.map((chunk) => ({ ...chunk, read }));
    this.#chunks = [];
    return chunks;
  }

  #cut(): void {
    this.#chunks.push({ bytes: Buffer.from(this.#lines.join(''), 'utf8'), problems: this.#problems });
    this.#lines = [];
    this.#problems = [];
  }
}
