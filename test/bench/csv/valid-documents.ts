// Random valid CSV documents and the places at which they are cut, from a seed.
import { seeded } from '../store/seeded.ts';

const UNITS = ['a', 'b', '@', '.', '"', ',', ';', '\t', '|', '\r', '\n', ' ', '\0', 'é', '日', '😀'];
const DELIMITERS = [',', ';', '\t', '|'];
const LINE_ENDS = ['\n', '\r\n', '\r'];

export interface RandomDocument {
  readonly text: string;
  readonly delimiter: string;
  readonly chunks: readonly Buffer[];
}

export function* validDocuments(count: number): Generator<RandomDocument, void, undefined> {
  const random = seeded(7);
  const below = (limit: number): number => Math.floor(random() * limit);
  const oneOf = (choices: readonly string[]): string => choices[below(choices.length)] ?? '';
  for (let index = 0; index < count; index++) {
    const delimiter = oneOf(DELIMITERS);
    const always = below(2) === 0;
    const cell = (): string => {
      const value = Array.from({ length: below(9) }, () => oneOf(UNITS)).join('');
      const mustQuote = always || value === '' || /["\r\n]/.test(value) || value.includes(delimiter);
      return mustQuote ? `"${value.replaceAll('"', '""')}"` : value;
    };
    const text = Array.from({ length: 1 + below(8) }, () => Array.from({ length: 1 + below(5) }, cell).join(delimiter) + oneOf(LINE_ENDS)).join('');
    const bytes = Buffer.from(text, 'utf8');
    const cuts = [0, bytes.length, ...Array.from({ length: below(12) }, () => below(bytes.length + 1))].sort((a, b) => a - b);
    yield { text, delimiter, chunks: cuts.slice(1).map((end, place) => bytes.subarray(cuts[place], end)) };
  }
}
