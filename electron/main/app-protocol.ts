// The `app://` scheme: serves the window's own files, and nothing else, with the security headers on each answer.
// Anything but a plain request for a listed file of our own host is answered 404 or 405 and written down.
import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { APP_SCHEME, isAppUrl } from './app-origin.ts';
import { findAsset, indexAssets, type AssetIndex } from './asset-index.ts';
import type { Log } from './log.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

/** Must be called before the app is ready. Standard and secure: the scheme gets an origin of its own, as https has. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** To be called once the app is ready. Throws if the folder of the window's files cannot be read. */
export function serveAppScheme(rendererFolder: string, log: Log): void {
  const index = indexAssets(rendererFolder);
  protocol.handle(APP_SCHEME, (request) => answer(request, index, log));
}

async function answer(request: Request, index: AssetIndex, log: Log): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    log.warn('protocol', 'method refused', { method: request.method, url: request.url });
    return new Response(null, { status: 405, headers: { ...SECURITY_HEADERS, Allow: 'GET, HEAD' } });
  }
  const asset = isAppUrl(request.url) ? findAsset(index, new URL(request.url).pathname) : undefined;
  if (asset === undefined) {
    log.warn('protocol', 'no such file', { url: request.url });
    return new Response(null, { status: 404, headers: SECURITY_HEADERS });
  }
  try {
    const body = request.method === 'HEAD' ? null : await readFile(asset.file);
    return new Response(body, { status: 200, headers: { ...SECURITY_HEADERS, 'Content-Type': asset.mimeType } });
  } catch (error) {
    log.error('protocol', 'file of the window could not be read', { url: request.url, error });
    return new Response(null, { status: 500, headers: SECURITY_HEADERS });
  }
}
