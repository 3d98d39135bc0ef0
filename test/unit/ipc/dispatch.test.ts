import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDispatch, type Dispatch, type Handlers, type IpcEvent, type SenderFrame } from '../../../electron/main/ipc/dispatch.ts';
import { createLog, type Log } from '../../../electron/main/log.ts';
import { UserError } from '../../../shared/errors.ts';
import { CHANNELS } from '../../../shared/ipc/channels.ts';
import { CONTRACT } from '../../../shared/ipc/contract.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/schema.ts';

const INFO = { name: 'Winnow', version: '1.2.3', electron: '1', chrome: '2', node: '3' };
const OUR_FRAME: SenderFrame = { url: 'app://winnow/index.html', origin: 'app://winnow', parent: null };
const OURS: IpcEvent = { senderFrame: OUR_FRAME };

let folder: string;
let log: Log;
let calls: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'winnow-ipc-'));
  log = createLog({ folder, maxLinesPerMinute: 1_000_000, maxBytes: 100_000_000 });
  calls = [];
});

afterEach(() => {
  log.close();
  rmSync(folder, { recursive: true, force: true });
});

function make(overrides: Partial<Handlers> = {}): Dispatch {
  const notAsked = (): never => { throw new UserError('BadUsage', 'not asked here'); };
  const others = Object.fromEntries(CHANNELS.map((channel) => [channel, notAsked])) as unknown as Handlers;
  const handlers: Handlers = {
    ...others,
    'app.info': () => { calls.push('app.info'); return INFO; },
    'app.ready': () => { calls.push('app.ready'); return undefined; },
    'settings.get': () => ({ settings: DEFAULT_SETTINGS, setAsideAs: null }),
    'settings.set': (settings) => { calls.push('settings.set'); return settings; },
    'log.report': () => { calls.push('log.report'); return undefined; },
    ...overrides,
  };
  return createDispatch(handlers, log);
}

function logText(): string {
  return readFileSync(log.path, 'utf8');
}

describe('the contract', () => {
  it('has an entry for each channel and no other', () => {
    expect(Object.keys(CONTRACT).sort()).toEqual([...CHANNELS].sort());
  });
});

describe('a good request', () => {
  it('is answered with the value, and nothing is logged', async () => {
    expect(await make()(OURS, 'app.info', undefined)).toEqual({ ok: true, value: INFO });
    expect(() => logText()).toThrow(/ENOENT/);
  });

  it('reaches its handler parsed, with defaults filled in', async () => {
    const answer = await make()(OURS, 'settings.set', { smtp: { port: 26 } });
    expect(answer).toEqual({ ok: true, value: { ...DEFAULT_SETTINGS, smtp: { ...DEFAULT_SETTINGS.smtp, port: 26 } } });
  });
});

describe('a bad request', () => {
  const senders: readonly (readonly [name: string, frame: SenderFrame | null])[] = [
    ['whose frame is gone', null],
    ['of another origin', { ...OUR_FRAME, url: 'https://evil.example/', origin: 'https://evil.example' }],
    ['of a host like ours', { ...OUR_FRAME, url: 'app://winnow.evil/', origin: 'app://winnow.evil' }],
    ['inside our page', { ...OUR_FRAME, parent: OUR_FRAME }],
    ['in a sandboxed document of ours', { ...OUR_FRAME, origin: 'null' }],
    ['with our origin but not at our address', { ...OUR_FRAME, url: 'about:blank' }],
    ['from a file', { ...OUR_FRAME, url: 'file:///tmp/index.html', origin: 'file://' }],
  ];
  for (const [name, senderFrame] of senders) {
    it(`is refused from a sender ${name}, before its input is looked at`, async () => {
      const input = { get smtp(): never { throw new Error('looked at'); } };
      expect(await make()({ senderFrame }, 'settings.set', input)).toMatchObject({ ok: false, error: { code: 'ForeignSender' } });
      expect(calls).toEqual([]);
      expect(logText()).toContain('foreign sender');
    });
  }

  it('is refused on a channel that nobody knows, whatever it is', async () => {
    const dispatch = make();
    await fc.assert(
      fc.asyncProperty(fc.anything().filter((channel) => !(CHANNELS as readonly unknown[]).includes(channel)), async (channel) => {
        expect(await dispatch(OURS, channel, undefined)).toMatchObject({ ok: false, error: { code: 'UnknownChannel', retryable: false } });
      }),
    );
    for (const channel of ['__proto__', 'constructor', 'toString', 'app.info\0', 'APP.INFO']) {
      expect(await dispatch(OURS, channel, undefined)).toMatchObject({ ok: false, error: { code: 'UnknownChannel' } });
    }
    expect(logText()).toContain('unknown channel');
  });

  it('is refused if its input does not parse, with what is wrong and where', async () => {
    const answer = await make()(OURS, 'settings.set', { smtp: { port: 70_000 } });
    expect(answer).toMatchObject({ ok: false, error: { code: 'InvalidInput', message: expect.stringContaining('smtp.port') as string } });
    expect(calls).toEqual([]);
    expect(logText()).toContain('invalid input');
  });

  it('is refused or answered, and nothing else, whatever its input is', async () => {
    const dispatch = make();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...CHANNELS), fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }), async (channel, input) => {
        const answer = await dispatch(OURS, channel, input);
        // BadUsage: our handler was called, with input that parsed
        if (!answer.ok) expect(['InvalidInput', 'BadUsage']).toContain(answer.error.code);
      }),
    );
  });

  it('takes no input where none is declared', async () => {
    for (const input of [null, 0, '', {}, []]) {
      expect(await make()(OURS, 'app.info', input)).toMatchObject({ ok: false, error: { code: 'InvalidInput' } });
    }
  });
});

describe('a handler that fails', () => {
  it('answers what the user can do something about', async () => {
    const dispatch = make({ 'settings.set': () => Promise.reject(new UserError('DiskFull', 'The disk is full.', { retryable: true })) });
    expect(await dispatch(OURS, 'settings.set', {})).toEqual({
      ok: false,
      error: { code: 'DiskFull', message: 'The disk is full.', retryable: true },
    });
    expect(logText()).toContain('DiskFull');
  });

  it('keeps everything else to the log: no stack, no path, no message', async () => {
    const failures: readonly (() => never)[] = [
      () => { throw new Error('ENOENT /home/jane/secret.db'); },
      () => { throw 'a string'; }, // eslint-disable-line @typescript-eslint/only-throw-error -- other people's code may
      () => { throw undefined; }, // eslint-disable-line @typescript-eslint/only-throw-error -- other people's code may
    ];
    for (const fail of failures) {
      const answer = await make({ 'app.info': fail })(OURS, 'app.info', undefined);
      expect(answer).toMatchObject({ ok: false, error: { code: 'Internal', retryable: false } });
      expect(JSON.stringify(answer)).not.toMatch(/secret|home|string|at /);
    }
    expect(logText()).toContain('/home/jane/secret.db');
  });

  it('is a defect if it answers something else than the contract says', async () => {
    const broken = make({ 'app.info': () => ({ ...INFO, version: 7 }) as never });
    expect(await broken(OURS, 'app.info', undefined)).toMatchObject({ ok: false, error: { code: 'Internal' } });
    const talkative = make({ 'app.info': () => ({ ...INFO, secret: 'x' }) });
    expect(await talkative(OURS, 'app.info', undefined)).toMatchObject({ ok: false, error: { code: 'Internal' } });
    expect(logText()).toContain('handler broke the contract');
  });
});
