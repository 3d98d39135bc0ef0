// A source's bytes as text, its encoding found first: for formats that are read as text (JSON, lists of addresses).
// Bytes that are not valid in the encoding become U+FFFD.
import { detectEncoding, type DetectedEncoding } from '../detect-encoding.ts';
import type { ListSource, SourceOptions } from '../list-source.ts';
import { utf8Decoder } from '../utf8-decoder.ts';

export interface TextChunk {
  readonly text: string;
  readonly read: number;
}

/** `head`: the first bytes of `source`. Throws BadUsage, FileChanged, FileUnreadable. */
export async function encodingOf(source: ListSource, head: Buffer, options: SourceOptions): Promise<DetectedEncoding> {
  return await detectEncoding(source, head, options.encoding);
}

/** The beginning of the text, as far as `head` holds it whole. */
export function decodedHead(head: Buffer, { encoding, bomBytes }: DetectedEncoding): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(utf8Decoder(encoding).write(head.subarray(bomBytes)), { stream: true });
}

/** All of the text, without its BOM. */
export async function* decodedText(source: ListSource, { encoding, bomBytes }: DetectedEncoding): AsyncGenerator<TextChunk, void, undefined> {
  const toUtf8 = utf8Decoder(encoding);
  const toText = new TextDecoder('utf-8', { ignoreBOM: true });
  let left = bomBytes;
  for await (const { bytes, read } of source.chunks()) {
    const fresh = bytes.subarray(Math.min(left, bytes.length));
    left -= bytes.length - fresh.length;
    yield { text: toText.decode(toUtf8.write(fresh), { stream: true }), read };
  }
  yield { text: toText.decode(toUtf8.end()), read: source.size };
}
