// What the tests of sessions and pools share: a pool on a clock that stands still, and the way to one session.
// Deadlines have lengths that tell them apart, so that a test can await the one it means and let it pass.
import { expect } from 'vitest';
import { createSmtpPool, type EngineSmtpPool, type SmtpPoolOptions } from '../../../electron/engine/smtp/pool.ts';
import type { AcquireResult, FlightResult, SmtpFailure, SmtpSession, SmtpTarget } from '../../../electron/engine/smtp/types.ts';
import { settingsSchema, type SettingsInput } from '../../../shared/settings/schema.ts';
import { WatchedClock } from '../../unit/smtp/watched-clock.ts';

export const CONNECT_MS = 40_000;
export const GREETING_MS = 30_000;
export const COMMAND_MS = 20_000;
export const FROM = 'verify@me.test';

export interface PoolBench {
  readonly pool: EngineSmtpPool;
  readonly clock: WatchedClock;
}

/** `unchecked`: what the schema would refuse. */
export function openPool(
  smtp: NonNullable<SettingsInput['smtp']> = {},
  options: Partial<Omit<SmtpPoolOptions, 'settings' | 'clock'>> = {},
  unchecked: Partial<SmtpPoolOptions['settings']> = {},
): PoolBench {
  const clock = new WatchedClock();
  const { smtp: settings } = settingsSchema.parse({
    smtp: { maxRetries: 0, connectTimeoutMs: CONNECT_MS, greetingTimeoutMs: GREETING_MS, commandTimeoutMs: COMMAND_MS, ...smtp },
  });
  const identity = { heloName: 'me.test', mailFrom: FROM };
  return { clock, pool: createSmtpPool({ settings: { ...settings, ...unchecked }, identity, clock, isAllowed: () => true, ...options }) };
}

export function targetOf(server: { readonly ip: string; readonly port: number }, mxHost = 'mx.lab.test'): SmtpTarget {
  return { ip: server.ip, port: server.port, mxHost };
}

export function sessionOf(result: AcquireResult): SmtpSession {
  if (!result.ok) throw new Error(`No session: ${JSON.stringify(result.failure)}`);
  return result.session;
}

export function failureOf(result: AcquireResult): SmtpFailure {
  if (result.ok) throw new Error('A session where a failure was expected');
  return result.failure;
}

export async function ask(session: SmtpSession, recipients: readonly string[], newTransaction = true): Promise<FlightResult> {
  return session.flight({ from: FROM, recipients, newTransaction });
}

export function codesOf(result: FlightResult): (number | null)[] {
  return result.replies.map((reply) => reply?.code ?? null);
}

/** Every socket is closed and every timer gone, ours and nodemailer's. */
export async function closeClean({ pool, clock }: PoolBench): Promise<void> {
  await pool.close();
  expect(pool.size).toBe(0);
  expect(clock.pending).toBe(0);
}

/** A small generator with a seed (mulberry32), so that "random" chunkings can be repeated. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Cuts bytes into packets of 1 to `most` octets. */
export function cutBy(seed: number, most: number): (bytes: Buffer) => Buffer[] {
  const random = seeded(seed);
  return (bytes) => {
    const parts: Buffer[] = [];
    for (let start = 0; start < bytes.length; ) {
      const size = 1 + Math.floor(random() * most);
      parts.push(bytes.subarray(start, start + size));
      start += size;
    }
    return parts;
  };
}
