// The downloader and the unpacker that the electron package itself uses, reached through it: their versions are
// then exactly those that belong to the pinned Electron, and the project declares nothing twice.
// Both are modules without side effects; nothing is downloaded or written by loading them.
import { createRequire } from 'node:module';
import { inProject } from '../setup/paths.mjs';

interface DownloadRequest {
  readonly version: string;
  readonly artifactName: string;
  readonly platform: string;
  readonly arch: string;
  /** SHA-256 by file name. */
  readonly checksums: Readonly<Record<string, string>>;
  readonly cacheRoot: string;
  readonly tempDirectory: string;
  readonly downloadOptions: {
    readonly quiet: boolean;
    readonly signal: AbortSignal;
    readonly getProgressCallback: () => void;
  };
}

const electronRequire = createRequire(inProject('node_modules/electron/package.json'));

const get = electronRequire('@electron/get') as { downloadArtifact: (request: DownloadRequest) => Promise<string> };
const zip = electronRequire('@electron-internal/extract-zip') as { extract: (file: string, options: { dir: string }) => Promise<void> };

/** Downloads one file of a release and checks it; answers where it lies. Honours ELECTRON_MIRROR and its kind. */
export const downloadArtifact = (request: DownloadRequest): Promise<string> => get.downloadArtifact(request);

/** Unpacks a zip archive to an absolute folder, file modes and links included; refuses paths that lead out of it. */
export const extract = (file: string, dir: string): Promise<void> => zip.extract(file, { dir });
