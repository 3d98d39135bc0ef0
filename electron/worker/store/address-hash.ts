// Addresses as nobody can read them: HMAC-SHA-256 with a key of this machine's own, which lies in a file beside the
// library, for its owner only. Without the key nobody can try addresses; without the library the key is worth nothing.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { hash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { VerdictScope } from '../store-care.ts';
import { eraseFile } from './erase-file.ts';

const KEY_BYTES = 32;
/** Of SHA-256, in bytes. */
const BLOCK_BYTES = 64;
/** Of the hash; two of a thousand million addresses are the same in one of 10^20 stores. */
const HASH_BYTES = 16;

export class AddressHash {
  readonly #path: string;
  #pads: { readonly inner: Buffer; readonly outer: Buffer } | null = null;

  /** `dir`: absolute path of the store's folder. */
  constructor(dir: string) {
    this.#path = join(dir, 'known-verdicts.key');
  }

  /** `address`: normalised. Its domain counts in lower case, its local part as it is. Throws file system errors. */
  of(scope: VerdictScope, address: string): Buffer {
    const { inner, outer } = (this.#pads ??= padsOf(readOrMake(this.#path)));
    // RFC 2104 by one-shot hashes: `createHmac` costs several times as much for so short a text.
    const digest = hash('sha256', Buffer.concat([inner, Buffer.from(`${scope}\n${address}`)]), 'buffer');
    return hash('sha256', Buffer.concat([outer, digest]), 'buffer').subarray(0, HASH_BYTES);
  }

  /** What was hashed before is never found again. */
  forgetKey(): void {
    this.#pads = null;
    eraseFile(this.#path);
  }
}

function padsOf(key: Buffer): { readonly inner: Buffer; readonly outer: Buffer } {
  const pad = (byte: number): Buffer => {
    const bytes = Buffer.alloc(BLOCK_BYTES, byte);
    for (const [index, value] of key.entries()) bytes[index] = value ^ byte;
    return bytes;
  };
  return { inner: pad(0x36), outer: pad(0x5c) };
}

function readOrMake(path: string): Buffer {
  if (existsSync(path)) {
    const key = readFileSync(path);
    if (key.length === KEY_BYTES) return key;
    // A creation that died half way: nothing was ever hashed with it.
    eraseFile(path);
  }
  try {
    const fd = openSync(path, 'wx', 0o600);
    try {
      writeSync(fd, randomBytes(KEY_BYTES));
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    // Another process was first.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFileSync(path);
}
