// Run by network-faults with few file descriptors: a whole run over a memory store that finds none left at its first
// look-up (`dns`), its first look-up over TCP (`tcp`), or its first connection (`smtp`). They are freed a moment later.
// Prints what came of it as JSON.
import { closeSync, openSync } from 'node:fs';
import { systemClock } from '../../../electron/engine/clock.ts';
import { createMxResolver } from '../../../electron/engine/dns/create-mx-resolver.ts';
import type { MxResolver } from '../../../electron/engine/dns/types.ts';
import { startRun } from '../../../electron/engine/run/run.ts';
import { createSmtpPool } from '../../../electron/engine/smtp/pool.ts';
import { settingsSchema } from '../../../shared/settings/schema.ts';
import { createMemoryStore } from '../memory-store.ts';

/** Longer than the first wait of a question and of a connect, shorter than all of them. */
const FREE_AFTER_MS = 300;

const [step, dnsPort, smtpPort, list = ''] = process.argv.slice(2);
let held: number[] = [];
let starved = 0;

function starve(): void {
  if (starved > 0) return;
  for (;;) {
    try {
      held.push(openSync('/dev/null', 'r'));
    } catch {
      break;
    }
  }
  starved = held.length;
  setTimeout(() => {
    for (const descriptor of held) closeSync(descriptor);
    held = [];
  }, FREE_AFTER_MS);
}

// As the worker thread does in the hosts: questions that wait for a socket do not keep a process alive.
const alive = setInterval(() => undefined, 60_000);
const addresses = list.split(',');
const settings = settingsSchema.parse({
  identity: { heloName: 'me.test', mailFrom: 'verify@me.test' },
  dns: { timeoutMs: 2_000 },
  smtp: { port: Number(smtpPort), retryBackoffMs: 20, retryBackoffMaxMs: 100 },
  batch: { maxVerdicts: 10, maxDelayMs: 1 },
});
const real = createMxResolver({ servers: [{ host: '127.0.0.1', port: Number(dnsPort) }], settings: settings.dns, clock: systemClock, ipv6: false, allowLoopback: true });
if (step === 'tcp') {
  // The sockets for UDP are open before, one question for each of them; those for TCP are not.
  await Promise.all(Array.from({ length: 40 }, (_, index) => real.lookup(`n${String(index)}.test`)));
}
const resolver: MxResolver = {
  ...real,
  async lookup(domain) {
    if (step !== 'smtp') starve();
    const found = await real.lookup(domain);
    if (step === 'smtp') starve();
    return found;
  },
};
const pool = createSmtpPool({ settings: settings.smtp, identity: settings.identity, clock: systemClock, isAllowed: () => true });
const store = createMemoryStore(addresses);
await startRun({ store, listId: 1, settings, resolver, pool, wait: false }).done;
real.close();
clearInterval(alive);
const verdicts = addresses.map((address) => store.verdictOf(address));
process.stdout.write(JSON.stringify({ reasons: verdicts.map((verdict) => verdict?.reason ?? null), attempts: verdicts.map((verdict) => verdict?.attempt ?? 1), starved }));
