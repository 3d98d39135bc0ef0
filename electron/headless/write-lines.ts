// Writes to standard output and waits while the reader is slower than we are.
import { once } from 'node:events';

export async function writeOut(text: string, stream: NodeJS.WriteStream = process.stdout): Promise<void> {
  if (text !== '' && !stream.write(text)) await once(stream, 'drain');
}
