// Module hooks: .ts files lose their types as they are loaded, and `better-sqlite3` leads to the staged copy
// (WINNOW_STAGED_APP). Types are taken away by the TypeScript the project is checked with; what it made is kept by
// its content, because the tests start many processes and the compiler takes longer to load than all the rest.
// Nothing else is changed: no aliases, no mocks. Runs on Node 20.18 and later.
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const keptDir = join(import.meta.dirname, '../../node_modules/.cache/winnow-typescript');
const stagedRequire = createRequire(join(process.env['WINNOW_STAGED_APP'] ?? '', 'package.json'));

/** @type {import('node:module').ResolveHook} */
export function resolve(specifier, context, nextResolve) {
  if (specifier !== 'better-sqlite3') return nextResolve(specifier, context);
  return { url: pathToFileURL(stagedRequire.resolve(specifier)).href, format: 'commonjs', shortCircuit: true };
}

/** @type {import('node:module').LoadHook} */
export async function load(url, context, nextLoad) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context);
  const fileName = fileURLToPath(url);
  return { format: 'module', source: await withoutTypes(fileName, await readFile(fileName, 'utf8')), shortCircuit: true };
}

/**
 * @param {string} fileName
 * @param {string} source
 */
async function withoutTypes(fileName, source) {
  const kept = join(keptDir, `${createHash('sha256').update(`${fileName}\n${source}`).digest('hex')}.mjs`);
  const known = await readFile(kept, 'utf8').catch(() => undefined);
  if (known !== undefined) return known;
  const { default: ts } = await import('typescript');
  const { outputText } = ts.transpileModule(source, {
    fileName,
    compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true, inlineSourceMap: true },
  });
  await mkdir(keptDir, { recursive: true });
  // Moved there whole: another process may be reading.
  const unfinished = `${kept}.${String(process.pid)}-${String(performance.now())}`;
  await writeFile(unfinished, outputText);
  await rename(unfinished, kept);
  return outputText;
}
