// Is a file the one it should be? By its Subresource Integrity string, as npm's lock files write it.
// Reads the file once, in pieces; never loads it whole.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** @param expected `sha512-` and the digest in base64 */
export async function hasIntegrity(file: string, expected: string): Promise<boolean> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest('base64')}` === expected;
}
