// The official Electron's download against a release server on loopback: what is kept, what is refused, and that
// a server which says nothing is given up. The server speaks as the real one's mirror does.
// Needs no network and no real Electron: the archive holds a small file in its place.
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { executableName } from '../../../build/electron/executable.ts';
import { makeOfficialRuntime } from '../../../build/electron/official.ts';
import { storedZip } from '../../lab/stored-zip.ts';

const version = '45.4.1';
const fileName = `electron-v${version}-${process.platform}-${process.arch}.zip`;
const archive = storedZip([{ name: executableName('electron'), content: 'an executable' }]);
const checksums = { [fileName]: createHash('sha256').update(archive).digest('hex') };

let dir = '';
let server: Server | undefined;
let asked: (string | undefined)[] = [];

async function serve(answer: RequestListener): Promise<void> {
  server = createServer((request, response) => {
    asked.push(request.url);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  process.env['ELECTRON_MIRROR'] = `http://127.0.0.1:${String(port)}/`;
}

const make = (name: string, sums: Readonly<Record<string, string>>) =>
  makeOfficialRuntime(join(dir, name), () => undefined, { version, checksums: sums, silenceLimitMs: 300 });

beforeEach(() => {
  asked = [];
  dir = mkdtempSync(join(tmpdir(), 'winnow-official-'));
});

afterEach(async () => {
  delete process.env['ELECTRON_MIRROR'];
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));
  rmSync(dir, { recursive: true, force: true });
});

describe('the official download', () => {
  it('unpacks what has the right checksum, with a note of what it is, and leaves nothing else', async () => {
    await serve((_, response) => response.end(archive));
    await make('runtime', checksums);
    expect(asked).toEqual([`/v${version}/${fileName}`]);
    expect(readFileSync(join(dir, 'runtime/dist', executableName('electron')), 'utf8')).toBe('an executable');
    expect(JSON.parse(readFileSync(join(dir, 'runtime/runtime.json'), 'utf8'))).toEqual({ kind: 'official', electronVersion: version });
    expect(readdirSync(dir)).toEqual(['runtime']);
  });

  it('refuses a file that is not the one it should be, and leaves no trace of it', async () => {
    await serve((_, response) => response.end(Buffer.concat([archive, Buffer.from('more')])));
    await expect(make('runtime', checksums)).rejects.toThrow(/checksum/i);
    expect(existsSync(join(dir, 'runtime'))).toBe(false);
    expect(readdirSync(dir)).toEqual([]);
  });

  it('gives up a server that takes the question and says nothing', async () => {
    await serve(() => undefined);
    await expect(make('runtime', checksums)).rejects.toThrow(/no answer for 0\.3 s/);
    expect(readdirSync(dir)).toEqual([]);
  });

  it('gives up a server that stops in the middle', async () => {
    await serve((_, response) => {
      response.writeHead(200, { 'content-length': archive.length });
      response.write(archive.subarray(0, 20));
    });
    await expect(make('runtime', checksums)).rejects.toThrow(/no answer for 0\.3 s/);
    expect(readdirSync(dir)).toEqual([]);
  });

  it('says what the server answered', async () => {
    await serve((_, response) => response.writeHead(503).end());
    await expect(make('runtime', checksums)).rejects.toThrow(/503/);
  });
});
