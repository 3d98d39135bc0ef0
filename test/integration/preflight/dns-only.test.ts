// DNS only: what DNS decides is decided, nobody's mail server is ever connected to, and a full run later asks the rest.
// And a run that meets a portal pauses and gives no verdict (faults row 56).
import { resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startRun } from '../../../electron/engine/run/run.ts';
import { portalCheckOf } from '../../../electron/host/find-portal.ts';
import { openNetwork } from '../../../electron/host/open-network.ts';
import type { Scenario } from '../../../electron/practice/scenarios.ts';
import { startPracticeWorld } from '../../../electron/practice/start-practice-world.ts';
import type { PracticeWorld } from '../../../electron/practice/types.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/schema.ts';
import { enPreflight } from '../../../shared/words/en-preflight.ts';
import { createMemoryStore } from '../../lab/memory-store.ts';
import { runWinnow, startWinnow, temporaryFolder } from '../../lab/winnow.ts';

const SAMPLE = resolve('test/fixtures/sample-practice.csv');
const NO_LAB = { dns: undefined, port: undefined, allowLoopback: false };
const ADDRESSES = ['alice.baker@cedar-works.test', 'alice.leaver@northwind-trading.test', 'alice.baker@brightmail.test', 'a@never-was.example', 'a@no-mail-please.test', 'a@parked-name.test'];

const ending: (() => Promise<void> | void)[] = [];
afterEach(async () => { for (const end of ending.splice(0).reverse()) await end(); });

async function openWorld(scenario: Scenario): Promise<PracticeWorld> {
  const world = await startPracticeWorld({ scenario });
  ending.push(() => world.stop());
  return world;
}

function runOver(store: ReturnType<typeof createMemoryStore>, practice: PracticeWorld, mode: 'full' | 'dns') {
  const network = openNetwork({ lab: NO_LAB, practice }, DEFAULT_SETTINGS);
  ending.push(() => network.close());
  const { settings, resolver, pool } = network;
  const portalCheck = portalCheckOf({ lab: NO_LAB, practice }, DEFAULT_SETTINGS);
  return startRun({ store, listId: 1, settings, resolver, pool, wait: mode === 'dns', mode, portalCheck }).done;
}

describe('DNS only', () => {
  it('connects to nobody, says what DNS says, and leaves the rest open for a full run', async () => {
    const world = await openWorld('all_good');
    const store = createMemoryStore(ADDRESSES);
    expect((await runOver(store, world, 'dns')).kind).toBe('done');
    expect(world.record()).toMatchObject({ sessions: 0, recipients: 0 });
    expect(ADDRESSES.map((address) => store.verdictOf(address)?.reason)).toEqual(['not_probed', 'not_probed', 'not_probed', 'domain_not_found', 'null_mx', 'no_mail_server']);
    expect(store.verdictOf(ADDRESSES[0]!)).toMatchObject({ attempt: 0, heard: 'nothing' });

    expect((await runOver(store, world, 'full')).kind).toBe('done');
    expect(ADDRESSES.slice(0, 3).map((address) => store.verdictOf(address)?.reason)).toEqual(['accepted', 'mailbox_not_found', 'accepted']);
    expect(store.verdictOf(ADDRESSES[0]!)).toMatchObject({ attempt: 1, retryAtMs: null });
  });

  it('works where the port is blocked', async () => {
    const world = await openWorld('port_blocked');
    const store = createMemoryStore(ADDRESSES);
    expect((await runOver(store, world, 'dns')).kind).toBe('done');
    expect(store.verdictOf('a@no-mail-please.test')?.reason).toBe('null_mx');
  });

  it('is `winnow verify --dns-only`, and --resume goes on in full', async () => {
    const { dir, remove } = temporaryFolder();
    ending.push(remove);
    const first = await runWinnow(['verify', SAMPLE, '--practice', '--dns-only', '--store', dir, '--json']);
    expect(first.code, first.stderr).toBe(0);
    const summary = JSON.parse(first.stdout) as { reasons: Record<string, number>; scheduled: number; practiceWorld: object };
    expect(summary.reasons['not_probed']).toBe(summary.scheduled);
    expect(summary.scheduled).toBeGreaterThan(700);
    expect(summary.practiceWorld).toMatchObject({ sessions: 0, recipients: 0 });
    const second = startWinnow(['verify', SAMPLE, '--practice', '--resume', '--store', dir, '--json']);
    await second.said(/deliverable [1-9]/);
    second.child.kill('SIGINT');
    const { stdout } = await second.done;
    expect((JSON.parse(stdout) as { statuses: { deliverable: number } }).statuses.deliverable).toBeGreaterThan(0);
  }, 60_000);
});

describe('a run that meets a portal', () => {
  it('pauses, says so, and gives no verdict that a server would have had to give', async () => {
    const world = await openWorld('portal');
    const store = createMemoryStore(ADDRESSES);
    const outcome = await runOver(store, world, 'full');
    expect(outcome).toMatchObject({ kind: 'paused', reason: 'portal', message: expect.stringContaining('nobody can be') as string });
    expect(ADDRESSES.slice(0, 3).map((address) => store.verdictOf(address))).toEqual([null, null, null]);
    expect(store.verdictOf('a@no-mail-please.test')?.reason).toBe('null_mx');
  });

  it('is not disturbed by servers that are merely masked', async () => {
    const world = await openWorld('masked');
    const store = createMemoryStore(ADDRESSES);
    expect((await runOver(store, world, 'full')).kind).toBe('done');
    expect(store.verdictOf(ADDRESSES[0]!)?.reason).toBe('accepted');
  });
});

describe('winnow preflight', () => {
  it('tells as JSON, and by its exit code, whether mail servers can be asked', async () => {
    const good = await runWinnow(['preflight', '--practice', '--json']);
    expect(good.code, good.stderr).toBe(0);
    expect(JSON.parse(good.stdout)).toMatchObject({ canAsk: true });
    const shut = await runWinnow(['preflight', '--practice', '--scenario', 'port_blocked']);
    expect(shut.code).toBe(1);
    expect(shut.stdout).toContain(`FAIL  ${enPreflight.checks.port25}`);
  });

  it('asks a lab, and names what it does not know', async () => {
    const world = await openWorld('all_good');
    const lab = ['--dns', `${world.dns.host}:${String(world.dns.port)}`, '--port', String(world.smtpPort), '--allow-loopback'];
    const asked = await runWinnow(['preflight', ...lab, '--hosts', 'brightmail.test,eximius.test', '--json']);
    expect(asked.code, asked.stderr).toBe(0);
    expect(world.record()).toMatchObject({ sessions: 2, recipients: 0 });
    for (const args of [['--scenario', 'portal'], ['--practice', '--scenario', 'nothing'], ['--practice', '--port', '25'], ['x']]) {
      expect((await runWinnow(['preflight', ...args])).code).toBe(2);
    }
  });
});
