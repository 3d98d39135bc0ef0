// `winnow preflight`: whether this machine and this network are fit to ask mail servers, in words, or as JSON.
// Exit code 0 where they can be asked (there may still be things to look at), 1 where they cannot.
import { cannotAsk, type PreflightReport } from '../../../shared/preflight/report.ts';
import { enPreflight as words } from '../../../shared/words/en-preflight.ts';
import { openPreflight } from '../../host/open-preflight.ts';
import { PRACTICE_TIME_SCALE } from '../../practice/practice-settings.ts';
import { startPracticeWorld } from '../../practice/start-practice-world.ts';
import { EXIT } from '../exit-code.ts';
import { loadSettings } from '../load-settings.ts';
import { parsePreflightOptions } from '../preflight-options.ts';
import { writeOut } from '../write-lines.ts';

export async function preflight(args: string[]): Promise<number> {
  const { lab, scenario, visits, settingsPath, json } = parsePreflightOptions(args);
  const settings = await loadSettings(settingsPath);
  const world = scenario === null ? null : await startPracticeWorld({ timeScale: PRACTICE_TIME_SCALE, scenario });
  const stop = new AbortController();
  const onSignal = (): void => { stop.abort(); };
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  try {
    const report = await openPreflight({ lab, practice: world, visits, signal: stop.signal }, settings);
    await writeOut(json ? `${JSON.stringify(jsonOf(report))}\n` : textOf(report));
    return cannotAsk(report) ? EXIT.failed : EXIT.done;
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
    await world?.stop();
  }
}

const SIGNS = { ok: 'ok  ', warning: 'look', failed: 'FAIL', unknown: '?   ', skipped: '-   ' } as const;

function textOf({ checks, tookMs }: PreflightReport): string {
  const lines = checks.flatMap(({ id, state, finding, facts }) => {
    const { found, means, advice } = words.finding(finding, facts);
    return [`${SIGNS[state]}  ${words.checks[id]}: ${found}`, ...(state === 'ok' || state === 'skipped' ? [] : [`      ${means}`]), ...(advice === '' ? [] : [`      → ${advice}`])];
  });
  return `${lines.join('\n')}\n(${(tookMs / 1_000).toFixed(1)} s)\n`;
}

/** The report with its words, for scripts. */
function jsonOf(report: PreflightReport): object {
  return {
    canAsk: !cannotAsk(report),
    tookMs: Math.round(report.tookMs),
    checks: report.checks.map((check) => ({ ...check, ...words.finding(check.finding, check.facts) })),
  };
}
