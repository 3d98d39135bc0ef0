// Standard input line by line, exactly: only LF ends a line, nothing is trimmed, and a blank line is a line.
// Bounded: a chunk at a time, and no more than one line beside it.
import { StringDecoder } from 'node:string_decoder';

/** The lines of each chunk together, so that a caller can answer a chunk with one write. */
export async function* readLines(input: AsyncIterable<Buffer | string>): AsyncGenerator<string[]> {
  const decoder = new StringDecoder('utf8');
  let parts: string[] = [];
  for await (const chunk of input) {
    const text = typeof chunk === 'string' ? chunk : decoder.write(chunk);
    const lines = text.split('\n');
    const last = lines.pop() ?? '';
    if (lines.length > 0) {
      lines[0] = parts.join('') + (lines[0] ?? '');
      parts = [];
      yield lines;
    }
    // Parts are joined once, when the line ends: a giant line must not be copied for each chunk.
    if (last !== '') parts.push(last);
  }
  const rest = parts.join('') + decoder.end();
  if (rest !== '') yield [rest];
}
