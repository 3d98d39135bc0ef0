// The official Electron: the version package.json pins, from its release page, checked against the checksums
// that come inside the electron package.
// A server that does not answer or stops sending is given up within seconds; a slow download is not.
// Never leaves half a runtime behind, and never touches node_modules/electron.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inProject } from '../setup/paths.mjs';
import { downloadArtifact, extract } from './electron-tools.ts';
import { executableName } from './executable.ts';
import { putInPlace } from './put-in-place.ts';

export function electronVersion(): string {
  return (JSON.parse(readFileSync(inProject('node_modules/electron/package.json'), 'utf8')) as { version: string }).version;
}

export function officialName(): string {
  return `electron-${electronVersion()}-official-${process.platform}-${process.arch}`;
}

export interface OfficialSource {
  readonly version: string;
  /** SHA-256 by file name. */
  readonly checksums: Readonly<Record<string, string>>;
  /** How long the server may say nothing: before the first byte, and between two. */
  readonly silenceLimitMs: number;
}

function pinnedSource(): OfficialSource {
  const checksums = JSON.parse(readFileSync(inProject('node_modules/electron/checksums.json'), 'utf8')) as Record<string, string>;
  return { version: electronVersion(), checksums, silenceLimitMs: 12_000 };
}

/** Downloads, checks and unpacks the runtime to `dir`. Rejects with a short reason; nothing is left then. */
export async function makeOfficialRuntime(
  dir: string,
  say: (text: string) => void,
  source: OfficialSource = pinnedSource(),
): Promise<void> {
  say(`downloading the official Electron ${source.version}`);
  await putInPlace(dir, async (workDir) => {
    const zip = await download(source, join(workDir, 'download'));
    const distDir = join(workDir, 'dist');
    await extract(zip, distDir);
    rmSync(join(workDir, 'download'), { recursive: true });
    if (!existsSync(join(distDir, executableName('electron')))) throw new Error('the archive holds no Electron');
    return { kind: 'official', electronVersion: source.version };
  });
}

async function download(source: OfficialSource, downloadDir: string): Promise<string> {
  const abort = new AbortController();
  const { silenceLimitMs } = source;
  const giveUp = () => {
    abort.abort(new Error(`no answer for ${String(silenceLimitMs / 1000)} s`));
  };
  const tempDirectory = join(downloadDir, 'unfinished');
  mkdirSync(tempDirectory, { recursive: true });
  let silence = setTimeout(giveUp, silenceLimitMs);
  try {
    return await downloadArtifact({
      version: source.version,
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
      checksums: source.checksums,
      cacheRoot: join(downloadDir, 'finished'),
      tempDirectory,
      downloadOptions: {
        quiet: true,
        signal: abort.signal,
        getProgressCallback: () => {
          clearTimeout(silence);
          silence = setTimeout(giveUp, silenceLimitMs);
        },
      },
    });
  } catch (error) {
    throw new Error(shortReason(error), { cause: error });
  } finally {
    clearTimeout(silence);
  }
}

/** `fetch failed` alone tells nobody anything; its cause does. */
function shortReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  const text = cause instanceof Error && cause.message !== '' ? cause.message : error.message;
  return text.split('\n')[0] ?? text;
}
