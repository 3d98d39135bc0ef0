// The files that the app's own origin serves, listed once at start: path of the address → file on disk.
// What is not in the list does not exist, however it is spelled; so no encoding, dot, slash or NUL in an address can
// lead out of the folder. Links are not listed, so none can point out of it either. Nothing is ever added later.
import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';

export interface Asset {
  readonly file: string;
  readonly mimeType: string;
}

/** By path of the address, such as `/assets/index-x1.js`. */
export type AssetIndex = ReadonlyMap<string, Asset>;

/** A file of another kind is not served: none can be run or shown as something that it is not. */
const MIME_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

const MAX_DEPTH = 8;

/** Throws where the folder cannot be read: without its window's files the app cannot start. */
export function indexAssets(folder: string): AssetIndex {
  const index = new Map<string, Asset>();
  addFolder(index, folder, '', 0);
  return index;
}

function addFolder(index: Map<string, Asset>, folder: string, path: string, depth: number): void {
  if (depth > MAX_DEPTH) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = join(folder, entry.name);
    const mimeType = MIME_TYPES[extname(entry.name)];
    if (entry.isDirectory()) addFolder(index, file, `${path}/${entry.name}`, depth + 1);
    else if (entry.isFile() && mimeType !== undefined) index.set(`${path}/${entry.name}`, { file, mimeType });
  }
}

/** The asset that an address names, query and fragment aside; undefined for everything that is not one of ours. */
export function findAsset(index: AssetIndex, pathname: string): Asset | undefined {
  return index.get(pathname === '/' ? '/index.html' : pathname);
}
