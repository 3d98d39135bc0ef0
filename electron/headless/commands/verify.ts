// `winnow verify`: import (or resume), run, export, summary. The whole main job without a window.
import { basename } from 'node:path';
import { UserError } from '../../../shared/errors.ts';
import { BUILT_IN_LISTS } from '../../../shared/lists/address-lists.ts';
import { formatOfName } from '../../../shared/export/export-format.ts';
import { enCombine } from '../../../shared/words/en-combine.ts';
import type { Settings } from '../../../shared/settings/schema.ts';
import { systemClock } from '../../engine/clock.ts';
import type { SetAsideDestination } from '../../engine/destinations/set-aside.ts';
import type { Metrics } from '../../engine/metrics/create-metrics.ts';
import { startRun, type RunOutcome } from '../../engine/run/run.ts';
import { warmUpEngine } from '../../engine/run/warm-up-engine.ts';
import { NOTHING_REUSED, rememberVerdicts, reuseVerdicts, scopeOf } from '../../host/reuse-verdicts.ts';
import { untilOnline } from '../../host/until-online.ts';
import { workerPath } from '../../host/worker-path.ts';
import { openStore, type StoreClient } from '../../worker/client.ts';
import type { ExportReport } from '../../worker/export/export-api.ts';
import type { ImportReport, ListInfo, ListSummary } from '../../worker/interface.ts';
import { checkOutPath } from '../check-out-path.ts';
import { EXIT } from '../exit-code.ts';
import { loadSettings } from '../load-settings.ts';
import { loadUserLists, type UserLists } from '../load-user-lists.ts';
import { openRunNetwork, type CommandNetwork } from '../open-run-network.ts';
import { createProgressLine, type ProgressLine } from '../progress.ts';
import { runThroughChanges } from '../run-through-changes.ts';
import { serveMetrics } from '../serve-metrics.ts';
import { summaryLines, summaryOf } from '../summary.ts';
import { verifyEach } from '../verify-each.ts';
import { parseVerifyOptions, type VerifyOptions } from '../verify-options.ts';
import { verifyAgain } from '../verify-again.ts';
import { warnAboutDrive } from '../warn-about-drive.ts';
import { writeOut } from '../write-lines.ts';

export async function verify(args: string[]): Promise<number> {
  return await verifyEach(parseVerifyOptions(args), createProgressLine().say, verifyOne);
}

async function verifyOne(options: VerifyOptions): Promise<number> {
  const settings = await loadSettings(options.settingsPath);
  const own = userLists(options);
  if (options.out !== undefined) await checkOutPath(options.out, options.listPath);
  const progress = createProgressLine();
  const served = options.metrics === undefined ? null : await serveMetrics(options.metrics, progress.say);
  try {
    const store = await openStore({ dir: options.storeDir, workerPath: workerPath() });
    try {
      warnAboutDrive(options.storeDir, progress.say);
      return await verifyWith(store, options, settings, own, progress, served?.metrics ?? null);
    } finally {
      progress.end();
      await store.close();
    }
  } finally {
    await served?.close();
  }
}

async function verifyWith(store: StoreClient, options: VerifyOptions, loaded: Settings, own: UserLists | null, progress: ProgressLine, metrics: Metrics | null): Promise<number> {
  const startedMs = performance.now();
  const interrupt = onInterrupt(progress);
  if (own !== null && own.lines.length > 0) progress.say(`your lists: ${own.lines.join(', ')}`);
  const { list, imported } = await listFor(store, options, own, progress, interrupt.signal);
  await store.lock(list.id);
  let network = await openRunNetwork(options, loaded, { metrics, store });
  try {
    warnAboutIdentity(network, progress);
    await warnAboutDns(network, progress);
    await store.setState(list.id, 'running');
    const reusable = { listId: list.id, settings: network.settings, lists: own?.lists ?? BUILT_IN_LISTS, scope: scopeOf(options), nowMs: Date.now(), signal: interrupt.signal };
    const reused = options.dnsOnly || options.practice ? NOTHING_REUSED : await reuseVerdicts(store, reusable);
    if (reused.rows > 0) progress.say(`${String(reused.rows)} verdicts of your other lists used again, the oldest of ${new Date(reused.oldestAtMs ?? 0).toISOString().slice(0, 10)}`);
    if (options.again !== null) {
      const rows = await verifyAgain({ store, storeDir: options.storeDir, listId: list.id, wish: options.again, signal: interrupt.signal });
      progress.say(`${String(rows)} rows are verified again; each keeps its verdict until there is a new one`);
    }
    let setAside: readonly SetAsideDestination[] = [];
    const noting: ProgressLine = {
      ...progress,
      run(now) {
        setAside = now.setAside;
        progress.run(now);
      },
    };
    const { outcome } = await runThroughChanges({
      network,
      run: (on) => run(store, list, options, on, own, noting, interrupt),
      async reopen(old, { message }) {
        progress.say(`${message}: going on when it is connected`);
        await old.close();
        await store.unlock(list.id);
        await untilOnline({ clock: systemClock, localAddresses: old.localAddresses, signal: interrupt.signal });
        if (interrupt.signal.aborted) return null;
        await store.lock(list.id);
        network = await openRunNetwork(options, loaded, { metrics, store });
        await warnAboutDns(network, progress);
        return network;
      },
    });
    if (outcome.kind === 'done' && !options.practice) await rememberVerdicts(store, { ...reusable, nowMs: Date.now() });
    const exported = outcome.kind === 'done' ? await exportTo(store, list, options) : null;
    const stored = store.setState(list.id, outcome.kind === 'done' && outcome.schedule.nextAtMs === null ? 'done' : 'paused');
    // A disk that stopped the job takes this neither, and must not hide why it stopped: what is `running` is gone on with too.
    await (outcome.kind === 'paused' ? stored.catch(() => undefined) : stored);
    progress.end();
    const summary = summaryOf({
      list: await store.list(list.id),
      schedule: await store.schedule(list.id),
      outcome,
      setAside,
      imported,
      reused: reused.rows,
      exported,
      elapsedMs: performance.now() - startedMs,
      dns: network.resolver.stats(),
      smtp: network.pool.stats(),
      practice: network.practice?.record() ?? null,
    });
    for (const line of summaryLines(summary)) progress.say(line);
    if (options.json) await writeOut(`${JSON.stringify(summary)}\n`);
    if (outcome.kind === 'paused') {
      progress.say(`winnow: paused: ${outcome.message}`);
      return EXIT.paused;
    }
    return EXIT.done;
  } finally {
    interrupt.dispose();
    await network.close();
  }
}

/** Null for the practice world where no folder was named: its sample tells what to expect of the built-in lists. */
function userLists({ practice, lists }: VerifyOptions): UserLists | null {
  return practice && !lists.required ? null : loadUserLists(lists);
}

/** The list to verify: imported now, or found in the store with `--resume`. */
async function listFor(
  store: StoreClient,
  options: VerifyOptions,
  own: UserLists | null,
  progress: ProgressLine,
  signal: AbortSignal,
): Promise<{ list: ListInfo; imported: ImportReport | null }> {
  const earlier = (await store.lists()).find((list) => list.sourcePath === options.listPath && list.practice === options.practice);
  if (options.resume && earlier !== undefined) {
    progress.say(`going on with list ${String(earlier.id)} (${earlier.name})${openRows(earlier)}`);
    return { list: earlier, imported: null };
  }
  if (options.resume) progress.say(`nothing of ${basename(options.listPath)} is stored yet: starting from the beginning`);
  const importing = store.importList(
    {
      path: options.listPath,
      practice: options.practice,
      duplicatesBy: options.duplicatesBy,
      ...(options.notIn.length === 0 ? {} : { notIn: options.notIn }),
      ...(own?.custom.suppress === undefined ? {} : { lists: { suppress: own.custom.suppress } }),
      ...options.reading,
    },
    progress.import,
    signal,
  );
  // The worker imports; this thread has nothing else to do.
  const [report] = await Promise.all([importing, warmUpEngine()]);
  for (const line of importLines(report)) progress.say(line);
  return { list: report.list, imported: report };
}

function openRows({ counters }: ListSummary): string {
  const { pending, scheduled } = counters.byState;
  return `: ${String(pending)} rows not asked yet, ${String(scheduled)} scheduled`;
}

/** A plain text's encoding and delimiter; of other formats what they are. */
function readAs({ list, format = 'text', sheet, sheetNames = [] }: ImportReport): string {
  const others = sheetNames.length > 1 ? ` (1 of ${String(sheetNames.length)}; --sheet names another)` : '';
  const plain = `${list.encoding}, delimiter ${JSON.stringify(list.delimiter)}`;
  if (format === 'text') return plain;
  if (format === 'gzip') return `${format}, ${plain}`;
  return sheet === undefined ? format : `${format}, sheet ${JSON.stringify(sheet)}${others}`;
}

function importLines(report: ImportReport): string[] {
  const { list } = report;
  const column = list.columns[list.addressColumn] ?? '';
  const lines = [
    `${String(report.rows)} rows, ${String(report.duplicates)} duplicates, ${String(report.empty)} without an address` +
      (report.extracted === 0 ? '' : `, ${String(report.extracted)} taken out of a cell that holds more`) +
      (report.suppressed === 0 ? '' : `, ${String(report.suppressed)} suppressed`) +
      '; ' +
      `${readAs(report)}, address column ${String(list.addressColumn + 1)} "${column}"`,
  ];
  for (const { name, rows } of report.elsewhere ?? []) lines.push(enCombine.elsewhere(rows, String(rows), name));
  for (const problem of report.problems.slice(0, 5)) {
    lines.push(`row ${String(problem.row)}, line ${String(problem.line)}: ${problem.problem}`);
  }
  if (report.problemCount > 5) lines.push(`… and ${String(report.problemCount - 5)} more`);
  return lines;
}

function warnAboutIdentity(network: CommandNetwork, progress: ProgressLine): void {
  if (network.practice !== null) {
    progress.say('practice: a simulated mail world on this machine is asked; nothing leaves it');
    return;
  }
  const { heloName, mailFrom } = network.settings.identity;
  if (mailFrom === '') progress.say('identity.mailFrom is not set: the null reverse-path is used, one recipient a transaction, which is slow');
  if (heloName.endsWith('.localdomain')) progress.say('identity.heloName is not set: many servers refuse a HELO name that does not exist');
}

/** Some providers answer for names that do not exist (faults row 53): then no domain can be called missing. */
async function warnAboutDns(network: CommandNetwork, progress: ProgressLine): Promise<void> {
  if ((await network.resolver.checkForHijacking()) !== 'hijacked') return;
  progress.say('the DNS server answers for names that do not exist; no address will be called undeliverable because its domain is missing (use another with --dns)');
}

async function run(
  store: StoreClient,
  list: ListInfo,
  options: VerifyOptions,
  network: CommandNetwork,
  own: UserLists | null,
  progress: ProgressLine,
  interrupt: Interrupt,
): Promise<RunOutcome> {
  const current = startRun({
    store,
    listId: list.id,
    settings: network.settings,
    resolver: network.resolver,
    pool: network.pool,
    lists: own?.lists ?? BUILT_IN_LISTS,
    practice: options.practice,
    portalCheck: network.portalCheck,
    mode: options.dnsOnly ? 'dns' : 'full',
    wait: options.wait,
    onProgress: progress.run,
    observer: network.observer,
    localAddresses: network.localAddresses,
  });
  interrupt.onAbort(() => {
    current.pause('interrupted', 'stopped by Ctrl-C; --resume goes on');
  });
  return await current.done;
}

async function exportTo(store: StoreClient, list: ListInfo, options: VerifyOptions): Promise<ExportReport | null> {
  if (options.out === undefined) return null;
  return await store.exportList({
    listId: list.id,
    outPath: options.out,
    format: formatOfName(basename(options.out)) ?? 'csv',
    words: options.words,
    ...(options.keep === undefined ? {} : { statuses: options.keep }),
  });
}

interface Interrupt {
  readonly signal: AbortSignal;
  onAbort(callback: () => void): void;
  dispose(): void;
}

/** The first Ctrl-C stops cleanly; a second one ends at once (nothing committed is lost by that either). */
function onInterrupt(progress: ProgressLine): Interrupt {
  const controller = new AbortController();
  const handler = () => {
    if (controller.signal.aborted) process.exit(EXIT.paused);
    progress.say('stopping…');
    controller.abort(new UserError('Cancelled', 'stopped by Ctrl-C'));
  };
  process.on('SIGINT', handler);
  process.on('SIGTERM', handler);
  return {
    signal: controller.signal,
    onAbort(callback) {
      if (controller.signal.aborted) callback();
      else controller.signal.addEventListener('abort', callback, { once: true });
    },
    dispose() {
      process.off('SIGINT', handler);
      process.off('SIGTERM', handler);
    },
  };
}
