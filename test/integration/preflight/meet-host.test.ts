// What can happen to the one conversation of a preflight: every way to fail is told apart, ends in time and leaves no socket.
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../electron/engine/clock.ts';
import { meetHost, type MeetOptions } from '../../../electron/engine/smtp/meet-host.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/schema.ts';

const closing: (() => void)[] = [];
afterEach(() => { for (const close of closing.splice(0)) close(); });

const HOST = '127.0.0.1';

async function serverThat(serve: (socket: Socket) => void): Promise<{ port: number; said: () => string; ended: Promise<void> }> {
  let said = '';
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => { end = resolve; });
  const server: Server = createServer((socket) => {
    closing.push(() => { socket.destroy(); });
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => { said += chunk.toString('latin1'); });
    socket.on('close', () => { end(); });
    serve(socket);
  });
  closing.push(() => { server.close(); });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, HOST, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return { port, said: () => said, ended };
}

function meet(port: number, change: Partial<MeetOptions> = {}, signal = new AbortController().signal) {
  const settings = { ...DEFAULT_SETTINGS.smtp, port };
  return meetHost({ settings, heloName: 'own.test', clock: systemClock, isAllowed: (ip) => ip === HOST, connectTimeoutMs: 500, replyTimeoutMs: 200, ...change }, HOST, signal);
}

describe('meetHost', () => {
  it('reads the greeting, says EHLO and QUIT, and nothing else', async () => {
    const server = await serverThat((socket) => {
      socket.write('220-mx.test\r\n220 ESMTP\r\n');
      socket.once('data', () => socket.write('250-mx.test Hello [8.8.8.8]\r\n250 SIZE 1\r\n'));
    });
    expect(await meet(server.port)).toEqual({ kind: 'spoke', greeting: '220 mx.test ESMTP', ehlo: ['mx.test Hello [8.8.8.8]', 'SIZE 1'] });
    await server.ended;
    expect(server.said()).toBe('EHLO own.test\r\nQUIT\r\n');
  });

  it.each<[string, (socket: Socket) => void, object, string]>([
    ['a refusal in the greeting', (socket) => socket.write('554 blocked [8.8.8.8]\r\n'), { kind: 'spoke', greeting: '554 blocked [8.8.8.8]', ehlo: [] }, 'QUIT\r\n'],
    ['no EHLO', (socket) => { socket.write('220 a\r\n'); socket.once('data', () => socket.write('502 no\r\n')); }, { kind: 'spoke', ehlo: [] }, 'EHLO own.test\r\nQUIT\r\n'],
    ['silence after the greeting', (socket) => socket.write('220 a\r\n'), { kind: 'spoke', ehlo: [] }, 'EHLO own.test\r\nQUIT\r\n'],
    ['silence', () => undefined, { kind: 'mute' }, ''],
    ['HTTP', (socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'), { kind: 'mute' }, ''],
    ['a reset', (socket) => { socket.resetAndDestroy(); }, { kind: expect.stringMatching(/mute|refused/) as string }, ''],
    ['one byte a time', (socket) => { for (const byte of '220 a\r\n') socket.write(byte); socket.once('data', () => socket.write('250 a\r\n')); }, { kind: 'spoke', greeting: '220 a', ehlo: ['a'] }, 'EHLO own.test\r\nQUIT\r\n'],
  ])('survives %s', async (_name, serve, meeting, said) => {
    const server = await serverThat(serve);
    expect(await meet(server.port)).toMatchObject(meeting);
    await server.ended;
    expect(server.said()).toBe(said);
  });

  it('tells a port that is shut, and an address that may not be dialled', async () => {
    const { port } = await serverThat(() => undefined);
    for (const close of closing.splice(0)) close();
    expect(await meet(port)).toMatchObject({ kind: 'refused' });
    expect(await meet(port, { isAllowed: () => false })).toMatchObject({ kind: 'unreachable' });
  });

  it('never goes direct where a proxy is set', async () => {
    const server = await serverThat((socket) => socket.write('220 a\r\n'));
    const dead = await serverThat(() => undefined);
    for (const close of closing.splice(2)) close();
    const settings = { ...DEFAULT_SETTINGS.smtp, port: server.port, proxy: `socks5://${HOST}:${String(dead.port)}` };
    expect(await meet(server.port, { settings })).toMatchObject({ kind: 'proxy' });
    expect(server.said()).toBe('');
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    const server = await serverThat(() => { controller.abort(); });
    expect(await meet(server.port, { replyTimeoutMs: 60_000 }, controller.signal)).toMatchObject({ kind: expect.stringMatching(/mute|silent/) as string });
    await server.ended;
  });
});
