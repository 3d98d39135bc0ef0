// Around a run of either host: gives a list's rows the verdicts that its addresses got for other lists not long ago, and
// remembers the run's own for the next one. Slice by slice, so that the store answers others between them.
// Always holds: each lab and the Internet never see each other's verdicts, nor do settings that judge otherwise. A practice
// run takes no part: it is there to be watched asking.
import { createHash } from 'node:crypto';
import type { AddressLists } from '../../shared/lists/address-lists.ts';
import type { Settings } from '../../shared/settings/schema.ts';
import type { ListId } from '../worker/interface.ts';
import type { KnownReport, KnownSlice, VerdictScope } from '../worker/store-care.ts';
import type { LabOptions } from './open-network.ts';

const DAY_MS = 86_400_000;
/** Of the rules by which verdicts are decided. Raise it when they change: what older ones said is asked again then. */
const RULES_VERSION = 1;

type Slice = (slice: KnownSlice) => Promise<KnownReport>;

export interface ReusableRun {
  readonly listId: ListId;
  readonly settings: Settings;
  readonly lists: Pick<AddressLists, 'sources'>;
  readonly scope: VerdictScope;
  /** Epoch milliseconds. */
  readonly nowMs: number;
  /** Ends it between two slices. */
  readonly signal?: AbortSignal;
}

export interface Reused {
  /** Rows. */
  readonly rows: number;
  /** When the oldest of them was checked (epoch milliseconds); null: none. */
  readonly oldestAtMs: number | null;
}

export const NOTHING_REUSED: Reused = { rows: 0, oldestAtMs: null };

/** Whose verdicts a run's are. */
export function scopeOf(lab: LabOptions): VerdictScope {
  if (lab.dns === undefined && lab.port === undefined && !lab.allowLoopback) return 'real';
  return `lab ${lab.dns === undefined ? '' : `${lab.dns.host}:${String(lab.dns.port)}`} ${String(lab.port ?? '')}`;
}

/** Before the run, on a list that nobody has claims of. */
export function reuseVerdicts(store: { readonly reuseVerdicts: Slice }, run: ReusableRun): Promise<Reused> {
  return throughList(run, (slice) => store.reuseVerdicts(slice));
}

/** After it, however it ended. */
export function rememberVerdicts(store: { readonly rememberVerdicts: Slice }, run: ReusableRun): Promise<Reused> {
  return throughList(run, (slice) => store.rememberVerdicts(slice));
}

async function throughList({ listId, settings, lists, scope, nowMs, signal }: ReusableRun, call: Slice): Promise<Reused> {
  let { rows, oldestAtMs } = NOTHING_REUSED;
  const maxAgeMs = settings.storage.reuseDays * DAY_MS;
  if (maxAgeMs === 0) return NOTHING_REUSED;
  const fit = fitOf(settings, lists);
  for (let afterRow: number | null = 0; afterRow !== null && signal?.aborted !== true; ) {
    const report: KnownReport = await call({ listId, afterRow, scope, fit, nowMs, maxAgeMs, maxRows: settings.storage.reuseMaxVerdicts });
    rows += report.rows;
    if (report.oldestAtMs !== null) oldestAtMs = Math.min(oldestAtMs ?? report.oldestAtMs, report.oldestAtMs);
    afterRow = report.nextRow;
  }
  return { rows, oldestAtMs };
}

/** Of everything but servers that a verdict, its score and its flags depend on. */
function fitOf({ verdict, score }: Settings, lists: Pick<AddressLists, 'sources'>): string {
  return createHash('sha256').update(JSON.stringify([RULES_VERSION, verdict, score, lists.sources])).digest('hex').slice(0, 16);
}
