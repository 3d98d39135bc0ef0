// A session for tests of the pool's parts, which never speak: only its identity matters. And a target's state for it.
import { PooledSession, TargetState } from '../../../electron/engine/smtp/target-state.ts';
import type { SmtpSession, SmtpTarget } from '../../../electron/engine/smtp/types.ts';

export const target = (ip = '127.0.0.1', mxHost = 'mx.test'): SmtpTarget => ({ ip, port: 25, mxHost });

export function fakeSession(name = 'session'): SmtpSession & { readonly name: string; left: number } {
  return {
    name,
    left: 0,
    target: target(),
    tls: 'none',
    pipelining: true,
    smtputf8: false,
    usable: true,
    spent: false,
    errors: 0,
    recipients: 0,
    openedAtMs: 0,
    maxFlight: 9,
    transactionsLeft: 10,
    recipientsPerTransaction: 100,
    flight: () => Promise.reject(new Error('never asked')),
    check: () => Promise.reject(new Error('never asked')),
    quit() {
      this.left += 1;
    },
    destroy() {
      this.left += 1;
    },
  };
}

export const BREAKER = { failures: 5, openMs: 30_000, openMaxMs: 900_000, random: () => 1 };

export function targetState(ip = '127.0.0.1', onBreaker: (group: string, state: string) => void = () => undefined): TargetState {
  return new TargetState(ip, target(ip), { breaker: BREAKER, errorBudget: 200, groupOf: () => 'other', onBreaker }, 0);
}

export function pooled(state: TargetState, name = 'session', lifetimeMs = Number.POSITIVE_INFINITY): PooledSession {
  return new PooledSession(fakeSession(name), state, { nowMs: 0, lifetimeMs });
}
