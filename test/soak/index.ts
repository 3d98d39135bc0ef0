// `npm run soak -- [PART…] [options]`: the long tests. `faults`: every fault of every table with so many seeds; `farm`: a
// list of so many addresses over a farm of healthy and faulty hosts; after both nothing may be left: no socket, no timer,
// no memory, no unhandled rejection. `kill`: so many processes killed in the middle of their work; `wal`: so many damaged
// WALs; after these no verdict may be lost. Each part's report is printed when it ends (`--json`: a line each).
// Exit code 1 on any failure, with what it takes to see it again.
import { readSoakOptions, SOAK_PARTS, SOAK_USAGE, type SoakOptions, type SoakPart } from './read-soak-options.ts';
import { soakFarm } from './soak-farm.ts';
import { soakFaults } from './soak-faults.ts';
import { soakKill } from './soak-kill.ts';
import { soakWal } from './soak-wal.ts';
import { watchRejections } from './watch-rejections.ts';

const PARTS: Readonly<Record<SoakPart, (options: SoakOptions, say: (line: string) => void) => Promise<{ readonly failures: readonly string[] }>>> = {
  faults: soakFaults,
  farm: ({ addresses }, say) => soakFarm(addresses, say),
  kill: soakKill,
  wal: ({ tears, first }, say) => soakWal({ times: tears, first }, say),
};

async function soak(options: SoakOptions): Promise<boolean> {
  const say = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  let ok = true;
  for (const part of SOAK_PARTS) {
    if (!options.parts.has(part)) continue;
    const rejections = watchRejections();
    const report = await PARTS[part](options, say);
    const failures = [...report.failures, ...rejections.stop()];
    ok &&= failures.length === 0;
    const summary = { part, ok: failures.length === 0, ...report, failures };
    process.stdout.write(`${JSON.stringify(summary, null, options.json ? 0 : 2)}\n`);
  }
  say(ok ? 'All held.' : 'Not all held: see the failures above.');
  return ok;
}

try {
  const options = readSoakOptions(process.argv.slice(2));
  process.exitCode = (await soak(options)) ? 0 : 1;
} catch (error) {
  if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
  process.stderr.write(`${error.message}\n${SOAK_USAGE}`);
  process.exitCode = 2;
}
