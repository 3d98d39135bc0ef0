// Runs all checks side by side and reports each. They share the visits to mail servers, which are made once.
// Always holds: it ends by its deadline, whatever hangs, and never rejects for what the world does; each check has
// exactly one result; nothing more than EHLO and QUIT is ever said to anybody.
import { CHECK_IDS, stateOfFinding, type CheckId } from '../../../shared/preflight/findings.ts';
import type { CheckResult, PreflightReport } from '../../../shared/preflight/report.ts';
import { checkBlockLists } from './check-block-lists.ts';
import { checkDns } from './check-dns.ts';
import { checkHelo } from './check-helo.ts';
import { checkMailFrom } from './check-mail-from.ts';
import { checkOwnAddress } from './check-own-address.ts';
import { checkPort } from './check-port.ts';
import { checkPortal } from './check-portal.ts';
import { checkReverseName } from './check-reverse-name.ts';
import { checkSenderPolicy } from './check-sender-policy.ts';
import { ownAddresses } from './own-address.ts';
import type { Check, Findings, Found, PreflightOptions, Visit } from './types.ts';
import { visitHosts } from './visit-hosts.ts';

const CHECKS: Readonly<Record<CheckId, Check>> = {
  port25: checkPort,
  portal: checkPortal,
  dns: checkDns,
  public_ip: checkOwnAddress,
  ptr: checkReverseName,
  helo: checkHelo,
  mail_from: checkMailFrom,
  spf: checkSenderPolicy,
  block_lists: checkBlockLists,
};

export async function runPreflight(options: PreflightOptions): Promise<PreflightReport> {
  const { clock } = options;
  const startedMs = clock.monotonicMs();
  const stop = new AbortController();
  const onAbort = (): void => { stop.abort(); };
  options.signal?.addEventListener('abort', onAbort, { once: true });
  if (options.signal?.aborted === true) stop.abort();
  const cancel = clock.after(options.deadlineMs, onAbort);
  try {
    const findings = shared(options, stop.signal);
    const checks = await Promise.all(CHECK_IDS.map((id) => result(id, findings)));
    return { endedAtMs: clock.epochMs(), tookMs: Math.max(0, clock.monotonicMs() - startedMs), checks };
  } finally {
    cancel();
    options.signal?.removeEventListener('abort', onAbort);
    // What a check has given up on ends too.
    stop.abort();
  }
}

function shared(options: PreflightOptions, signal: AbortSignal): Findings {
  let visits: Promise<readonly Visit[]> | null = null;
  const visit = (): Promise<readonly Visit[]> => (visits ??= visitHosts(options, signal));
  return {
    options,
    signal,
    visits: visit,
    ownAddresses: async () => ownAddresses(await visit(), options.canBeOwn),
  };
}

async function result(id: CheckId, findings: Findings): Promise<CheckResult> {
  const { finding, facts } = await beforeAbort(CHECKS[id](findings), findings.signal);
  return { id, state: stateOfFinding(finding), finding, facts: facts ?? {} };
}

function beforeAbort(check: Promise<Found>, signal: AbortSignal): Promise<Found> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      // What was found out at the same moment counts.
      setImmediate(() => { resolve({ finding: 'gave_up' }); });
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    check.then(resolve, reject).finally(() => { signal.removeEventListener('abort', onAbort); });
  });
}
