import { describe, expect, it } from 'vitest';
import type { RunOutcome } from '../../../electron/engine/run/run.ts';
import { runThroughChanges } from '../../../electron/headless/run-through-changes.ts';

const changed: RunOutcome = { kind: 'paused', reason: 'network_changed', message: 'this machine was asleep' };
const stopped: RunOutcome = { kind: 'paused', reason: 'interrupted', message: 'stopped' };

describe('runThroughChanges', () => {
  it('goes on with a new network as often as it changes, and ends with what ended the last', async () => {
    const outcomes = [changed, changed, stopped];
    const seen: string[] = [];
    const result = await runThroughChanges({
      network: 1,
      run: (network) => {
        seen.push(`run ${String(network)}`);
        return Promise.resolve(outcomes.shift() ?? stopped);
      },
      reopen: (network, { message }) => {
        seen.push(`${message}: close ${String(network)}`);
        return Promise.resolve(network + 1);
      },
    });
    expect(result).toEqual({ outcome: stopped, network: 3 });
    expect(seen).toEqual(['run 1', 'this machine was asleep: close 1', 'run 2', 'this machine was asleep: close 2', 'run 3']);
  });

  it('ends where it is stopped while there is no network', async () => {
    expect(await runThroughChanges({ network: 1, run: () => Promise.resolve(changed), reopen: () => Promise.resolve(null) })).toEqual({ outcome: changed, network: 1 });
  });
});
