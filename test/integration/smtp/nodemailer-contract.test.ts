// Pins what the SMTP stage relies on of nodemailer's SMTPConnection. If a new version breaks one of these, the stage
// must be looked at before the version is raised: handshake.ts and link.ts name each.
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { connect, Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { afterEach, describe, expect, it } from 'vitest';
import { offersStartTls } from '../../../electron/engine/smtp/capabilities.ts';
import { ReplyParser } from '../../../electron/engine/smtp/reply-parser.ts';
import { startSmtpServer, type LabServer, type SmtpScript } from '../../lab/smtp-server.ts';
import { selfSignedCertificate } from '../../lab/self-signed-certificate.ts';

const certificate = selfSignedCertificate(['mx.lab.test'], new Date(Date.now() + 86_400_000));
let stopping: { lab: LabServer; connection: SMTPConnection }[] = [];
afterEach(async () => {
  for (const { lab, connection } of stopping) {
    connection.on('error', () => undefined);
    connection.close();
    await lab.stop();
  }
  stopping = [];
});

async function setUp(script: SmtpScript = {}, options: ConstructorParameters<typeof SMTPConnection>[0] = {}) {
  const lab = await startSmtpServer(script);
  const connection = new SMTPConnection({
    host: lab.ip, port: lab.port, secure: false, name: 'me.test', ignoreTLS: true, tls: { rejectUnauthorized: false }, socketCloseTimeout: 500, logger: false, ...options,
  });
  stopping.push({ lab, connection });
  return { lab, connection };
}

function socketOf(connection: SMTPConnection): Socket {
  const socket = connection._socket;
  if (socket === false || socket === null) throw new Error('No socket');
  return socket;
}

describe('nodemailer', () => {
  it('is the version that these tests were written against', () => {
    const file = createRequire(import.meta.url).resolve('nodemailer').replace(/dist.*$/, 'package.json');
    expect((JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version).toBe('10.6.0');
  });

  it('opens the socket to an IP within connect(), and listens for data only once it is connected', async () => {
    const { connection } = await setUp();
    connection.connect();
    const socket = socketOf(connection);
    expect(socket).toBeInstanceOf(Socket);
    expect(socket.listenerCount('data')).toBe(0);
    await once(connection, 'connect');
    expect(socketOf(connection)).toBe(socket);
    expect(socket.listenerCount('data')).toBe(1);
  });

  it('emits connect within the data event that ends EHLO, after a listener that was there first', async () => {
    const { connection } = await setUp();
    const order: string[] = [];
    connection.once('connect', () => order.push('connect'));
    connection.connect();
    socketOf(connection).on('data', (chunk: Buffer) => {
      order.push(chunk.toString().slice(0, 3));
      process.nextTick(() => order.push('tick'));
    });
    await once(connection, 'connect');
    await new Promise(setImmediate);
    expect(order).toEqual(['220', 'tick', '250', 'connect', 'tick']);
  });

  it('leaves the socket alone once its data listener is gone, and reports its end', async () => {
    const { lab, connection } = await setUp();
    connection.connect();
    await once(connection, 'connect');
    const socket = socketOf(connection);
    socket.removeAllListeners('data');
    const heard: string[] = [];
    socket.on('data', (chunk: Buffer) => heard.push(chunk.toString()));
    const ended = once(connection, 'end');
    const [session] = lab.sessions;
    session?.write('999 nonsense to nodemailer\r\n');
    session?.end();
    await ended;
    expect(heard.join('')).toBe('999 nonsense to nodemailer\r\n');
  });

  it('reports a reset as error with the system code, then end', async () => {
    const { lab, connection } = await setUp();
    connection.connect();
    await once(connection, 'connect');
    const heard: unknown[] = [];
    connection.on('error', (error: Error & { originalCode?: string }) => heard.push(error.originalCode));
    lab.sessions[0]?.reset();
    await new Promise<void>((resolve) => connection.once('end', resolve));
    expect(heard).toEqual(['ECONNRESET']);
  });

  it('reports a refused connection as error with the system code', async () => {
    const { lab, connection } = await setUp();
    await lab.stop();
    stopping = [];
    connection.connect();
    const [error] = (await once(connection, 'error')) as [Error & { originalCode?: string }];
    expect(error.originalCode).toBe('ECONNREFUSED');
  });

  it('emits error and end for a close before the greeting when connect() has no callback', async () => {
    const { lab, connection } = await setUp({ greeting: null });
    const heard: string[] = [];
    connection.on('error', () => heard.push('error'));
    const ended = new Promise<void>((resolve) => connection.once('end', resolve));
    connection.connect();
    (await lab.session(0)).end();
    await ended;
    expect(heard).toEqual(['error']);
    expect(connection.destroyed).toBe(true);
  });

  it('close() ends the connection at once, emits end, and destroys the socket in its grace time', async () => {
    const { connection } = await setUp({ answer: (command) => (command === 'QUIT' ? null : undefined) }, { socketCloseTimeout: 1 });
    connection.connect();
    await once(connection, 'connect');
    const socket = socketOf(connection);
    let ended = false;
    connection.once('end', () => (ended = true));
    connection.close();
    expect(ended).toBe(true);
    await once(socket, 'close');
    expect(socket.destroyed).toBe(true);
  });

  it('takes over an open, paused socket within connect(), listens on it only later, and then reads on', async () => {
    const { lab } = await setUp();
    const tunnel = connect({ host: lab.ip, port: lab.port });
    tunnel.pause();
    await once(tunnel, 'connect');
    const connection = new SMTPConnection({ host: lab.ip, port: lab.port, connection: tunnel, secure: false, name: 'me.test', ignoreTLS: true, logger: false });
    stopping.push({ lab, connection });
    const heard: string[] = [];
    connection.connect();
    expect(socketOf(connection)).toBe(tunnel);
    expect(tunnel.listenerCount('data')).toBe(0);
    tunnel.on('data', (chunk: Buffer) => heard.push(chunk.toString().slice(0, 3)));
    await new Promise<void>((resolve) => connection.once('connect', resolve));
    expect(heard).toEqual(['220', '250']);
    expect(tunnel.listenerCount('data')).toBe(2);
    expect(lab.sessions).toHaveLength(1);
    expect(lab.commands()).toEqual(['EHLO me.test']);
  });

  it('begins TLS on a socket that it took over', async () => {
    const { lab } = await setUp({ certificate });
    const tunnel = connect({ host: lab.ip, port: lab.port });
    await once(tunnel, 'connect');
    tunnel.pause();
    const connection = new SMTPConnection({
      host: lab.ip, port: lab.port, connection: tunnel, secure: false, name: 'me.test', ignoreTLS: false, opportunisticTLS: true, tls: { rejectUnauthorized: false }, logger: false,
    });
    stopping.push({ lab, connection });
    connection.connect();
    await once(connection, 'connect');
    expect(connection.secure).toBe(true);
    expect(socketOf(connection)).toBeInstanceOf(TLSSocket);
  });

  it('says EHLO, HELO after a refusal, and nothing else', async () => {
    const { lab, connection } = await setUp({ answer: (command) => (command.startsWith('EHLO') ? '502 no\r\n' : undefined) });
    connection.connect();
    await once(connection, 'connect');
    expect(lab.commands()).toEqual(['EHLO me.test', 'HELO me.test']);
  });

  it.each([
    ['ignoreTLS', { ignoreTLS: true }, ['EHLO me.test']],
    ['opportunisticTLS', { ignoreTLS: false, opportunisticTLS: true }, ['EHLO me.test', 'STARTTLS', 'EHLO me.test']],
  ])('%s decides on STARTTLS', async (_name, options, commands) => {
    const { lab, connection } = await setUp({ certificate }, options);
    connection.connect();
    await once(connection, 'connect');
    expect(lab.commands()).toEqual(commands);
    expect(connection.secure).toBe(commands.length === 3);
  });

  it('has its TLS socket one tick after the 220 to STARTTLS, and listens on it only when it is secure', async () => {
    const { connection } = await setUp({ certificate }, { ignoreTLS: false, opportunisticTLS: true });
    connection.connect();
    const plain = socketOf(connection);
    const seen: unknown[] = [];
    let replies = 0;
    plain.on('data', () => {
      replies += 1;
      if (replies !== 3) return;
      process.nextTick(() => {
        const socket = socketOf(connection);
        seen.push(socket instanceof TLSSocket, socket.listenerCount('data'));
        socket.once('secureConnect', () => seen.push('secure', connection.secure));
      });
    });
    await once(connection, 'connect');
    expect(seen).toEqual([true, 0, 'secure', true]);
  });

  it('goes on in plain text where STARTTLS is refused', async () => {
    const { connection } = await setUp({ certificate, answer: (command) => (command === 'STARTTLS' ? '454 no\r\n' : undefined) }, { ignoreTLS: false, opportunisticTLS: true });
    connection.connect();
    await once(connection, 'connect');
    expect(connection.secure).toBe(false);
    expect(socketOf(connection)).not.toBeInstanceOf(TLSSocket);
  });

  it.each([
    '250-mx\r\n250 STARTTLS\r\n',
    '250-mx\r\n250 starttls x\r\n',
    '250-mx STARTTLS\r\n250 SIZE\r\n',
    '250-STARTTLS\r\n250 SIZE\r\n',
    '250-mx\r\n250-XSTARTTLS\r\n250 X-STARTTLS\r\n',
    '250-mx\r\n250 XSTARTTLS\r\n',
    '250-mx\r\n250 STARTTLSX\r\n',
    '250 mx\r\n',
  ])('decides on STARTTLS as we do: %j', async (ehlo) => {
    const { lab, connection } = await setUp(
      { answer: (command) => (command.startsWith('EHLO') ? ehlo : command === 'STARTTLS' ? '454 no\r\n' : undefined) },
      { ignoreTLS: false, opportunisticTLS: true },
    );
    connection.connect();
    await once(connection, 'connect');
    const [reply] = new ReplyParser().push(Buffer.from(ehlo));
    if (reply === undefined) throw new Error('No reply');
    expect(lab.commands().includes('STARTTLS')).toBe(offersStartTls(reply));
  });
});
