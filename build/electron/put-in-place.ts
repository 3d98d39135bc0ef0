// Makes a runtime's folder all at once: worked on beside its place, moved there when it is complete.
// Whoever finds the folder finds a whole runtime with its runtime.json.
// Never leaves its work behind, whether it succeeds or fails.
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type RuntimeFacts, runtimeFactsFile } from './runtime-facts.ts';

export async function putInPlace(dir: string, work: (workDir: string) => Promise<RuntimeFacts>): Promise<void> {
  mkdirSync(dirname(dir), { recursive: true });
  const workDir = mkdtempSync(`${dir}.making-`);
  try {
    const facts = await work(workDir);
    writeFileSync(join(workDir, runtimeFactsFile), `${JSON.stringify(facts, undefined, 2)}\n`);
    rmSync(dir, { recursive: true, force: true });
    renameSync(workDir, dir);
  } finally {
    rmSync(workDir, { recursive: true, force: true });
  }
}
