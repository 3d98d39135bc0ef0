import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog, type Log, type LogOptions } from '../../../electron/main/log.ts';

let folder: string;
let nowMs: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'winnow-log-'));
  nowMs = Date.UTC(2026, 0, 2, 3, 4, 5);
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function make(options: Partial<LogOptions> = {}): Log {
  return createLog({ folder, now: () => nowMs, ...options });
}

function lines(log: Log): Record<string, unknown>[] {
  return readFileSync(log.path, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the log', () => {
  it('writes one JSON object a line', () => {
    const log = make();
    log.info('boot', 'start', { version: '0.1.0', parts: [1, true, null] });
    log.warn('boot', 'two\nlines');
    expect(lines(log)).toEqual([
      { time: '2026-01-02T03:04:05.000Z', level: 'info', area: 'boot', message: 'start', fields: { version: '0.1.0', parts: [1, true, null] } },
      { time: '2026-01-02T03:04:05.000Z', level: 'warn', area: 'boot', message: 'two\nlines' },
    ]);
  });

  it('leaves out what is below its level', () => {
    const log = make({ minLevel: 'warn' });
    log.debug('x', 'no');
    log.info('x', 'no');
    log.error('x', 'yes');
    expect(lines(log).map((line) => line['message'])).toEqual(['yes']);
  });

  it('writes errors with their code, stack and cause', () => {
    const log = make();
    const cause = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    log.error('store', 'failed', { error: new Error('outer', { cause }) });
    expect(lines(log)[0]?.['fields']).toMatchObject({
      error: { name: 'Error', message: 'outer', stack: expect.stringContaining('log.test') as string, cause: { message: 'no space', code: 'ENOSPC' } },
    });
  });

  it('lets no whole address through: in messages, fields, keys, errors, stacks and causes', () => {
    const log = make({ maxLinesPerMinute: 1_000_000, maxBytes: 10_000_000 });
    fc.assert(
      fc.property(fc.emailAddress(), fc.string({ maxLength: 10 }), (address, text) => {
        const error = new Error(`${text}${address}`, { cause: new Error(address) });
        log.error(address, `${text} ${address}`, { [address]: address, deep: { list: [[`<${address}>`]] }, error, set: { [`x ${address}`]: 1 } });
        const written = readFileSync(log.path, 'utf8');
        rmSync(log.path);
        log.close();
        expect(written).not.toContain(address);
        expect(written).not.toContain(JSON.stringify(address).slice(1, -1));
      }),
    );
  });

  it('writes a line of bounded length, whatever it is given', () => {
    const log = make();
    const cyclic: Record<string, unknown> = {};
    cyclic['self'] = cyclic;
    const hostile = {
      get bad(): string { throw new Error('no'); },
    };
    log.info('x', 'm'.repeat(1_000_000), {
      cyclic, hostile, wide: Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`k${String(i)}`, i])),
      list: Array.from({ length: 10_000 }, () => 'x'), big: 10n ** 30n, symbol: Symbol('s'), call: () => 1, none: undefined, nan: NaN,
      date: new Date(0), json: { toJSON: () => { throw new Error('no'); } },
    });
    const text = readFileSync(log.path, 'utf8');
    expect(text.length).toBeLessThan(20_000);
    expect(lines(log)[0]?.['fields']).toMatchObject({
      hostile: '[unreadable]', big: '1000000000000000000000000000000', symbol: '[symbol]', call: '[function]', nan: null, date: '1970-01-01T00:00:00.000Z',
    });
  });

  it('keeps a key that is named like a prototype a key', () => {
    const log = make();
    log.info('x', 'm', JSON.parse('{"__proto__": {"polluted": 1}}') as Record<string, unknown>);
    expect(readFileSync(log.path, 'utf8')).toContain('"__proto__":{"polluted":1}');
    expect('polluted' in {}).toBe(false);
  });

  it('holds one area back that writes too much, tells how much, and leaves the others alone', () => {
    const log = make({ maxLinesPerMinute: 3 });
    for (let i = 0; i < 10; i += 1) log.warn('noisy', String(i));
    log.warn('quiet', 'heard');
    nowMs += 60_000;
    log.warn('noisy', 'again');
    expect(lines(log).map((line) => [line['message'], line['heldBackLines']])).toEqual([
      ['0', undefined], ['1', undefined], ['2', undefined], ['heard', undefined], ['again', 7],
    ]);
  });

  it('writes again after the clock was set back', () => {
    const log = make({ maxLinesPerMinute: 1 });
    log.warn('x', 'first');
    nowMs -= 3_600_000;
    log.warn('x', 'second');
    expect(lines(log).map((line) => line['message'])).toEqual(['first', 'second']);
  });
});
