// The server as a scraper, a wrong client and a hostile page meet it, byte by byte over real sockets.
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startMetricsServer, type MetricsServer } from '../../../electron/host/metrics-server.ts';

const BODY = '# TYPE x gauge\nx 1\n';
let server: MetricsServer;
let asked = 0;

beforeEach(async () => {
  asked = 0;
  server = await startMetricsServer(0, () => {
    asked += 1;
    return asked > 100 ? Promise.reject(new Error('secret')) : Promise.resolve({ contentType: 'text/plain; version=0.0.4; charset=utf-8', body: BODY });
  });
});

afterEach(() => server.close());

interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** One request as it is; the answer until the server closes. */
function ask(request: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1');
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => { text += chunk; });
    socket.on('error', reject);
    socket.on('close', () => {
      const [head = '', ...body] = text.split('\r\n\r\n');
      const [first = '', ...lines] = head.split('\r\n');
      const headers = new Map(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]));
      resolve({ status: Number(first.split(' ')[1]), headers, body: body.join('\r\n\r\n') });
    });
    socket.write(request);
  });
}

const request = (host: string, { method = 'GET', path = '/metrics', more = '' } = {}): string =>
  `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n${more}\r\n`;
const here = (): string => `127.0.0.1:${String(server.port)}`;

describe('a scraper', () => {
  it.each(['127.0.0.1', 'localhost', 'LocalHost', '[::1]'])('is answered by its local name %s', async (name) => {
    const { status, headers, body } = await ask(request(`${name}:${String(server.port)}`));
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(body).toContain(BODY);
  });

  it('may add a query, and finds it under its address', async () => {
    expect((await ask(request(here(), { path: '/metrics?name=x' }))).status).toBe(200);
    expect(await (await fetch(server.url)).text()).toBe(BODY);
  });

  it('gets headers that no browser can do anything with', async () => {
    const { headers } = await ask(request(here(), { more: 'Origin: https://evil.example\r\n' }));
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin', 'content-security-policy': "default-src 'none'",
    });
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('is told nothing of what went wrong', async () => {
    asked = 1_000;
    const { status, body } = await ask(request(here()));
    expect(status).toBe(500);
    expect(body).not.toContain('secret');
  });
});

describe('anybody else', () => {
  it.each(['evil.example', 'evil.example:PORT', '127.0.0.1', 'localhost', '127.0.0.1:1', '127.0.0.1:PORT.evil.example', '127.0.0.2:PORT', '0.0.0.0:PORT', 'localhost.:PORT', ''])(
    'is refused under the name "%s"',
    async (host) => {
      const { status, body } = await ask(request(host.replace('PORT', String(server.port))));
      expect(status).toBe(403);
      expect(body).not.toContain(BODY);
      expect(asked).toBe(0);
    },
  );

  it('is refused without a name, and with two', async () => {
    expect((await ask('GET /metrics HTTP/1.0\r\n\r\n')).status).toBe(403);
    expect((await ask('GET /metrics HTTP/1.1\r\nConnection: close\r\n\r\n')).status).toBe(400);
    expect((await ask(request('evil.example', { more: `Host: ${here()}\r\n` }))).status).not.toBe(200);
    expect(asked).toBe(0);
  });

  it('finds nothing elsewhere', async () => {
    for (const path of ['/', '/metrics/', '/Metrics', '//metrics', '/metrics/../metrics', `http://${here()}/metrics`, '/%6detrics']) {
      expect((await ask(request(here(), { path }))).status).toBe(404);
    }
  });

  it('may only read', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD']) {
      const { status, headers } = await ask(request(here(), { method }));
      expect(status).toBe(405);
      expect(headers.get('allow')).toBe('GET');
    }
  });

  it('cannot reach it from outside', async () => {
    const outside = Object.values(networkInterfaces()).flatMap((all) => all ?? []).filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const address of ['127.0.0.2', ...outside.map((one) => one.address)]) {
      const refused = await new Promise((resolve) => {
        const socket = connect(server.port, address);
        socket.on('connect', () => { socket.destroy(); resolve(false); });
        socket.on('error', () => { resolve(true); });
      });
      expect(refused, address).toBe(true);
    }
  });
});

describe('its end', () => {
  it('ends open connections, and may come twice', async () => {
    const socket = connect(server.port, '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    // Half a request: it is under way when the server closes.
    socket.write(`GET /metrics HTTP/1.1\r\nHost: ${here()}\r\n`);
    await server.close();
    await closed;
    await server.close();
    await expect(fetch(server.url)).rejects.toThrow();
  });

  it('says which port is taken', async () => {
    await expect(startMetricsServer(server.port, () => Promise.reject(new Error('never')))).rejects.toMatchObject({
      name: 'UserError', code: 'PortUnusable', message: expect.stringContaining(`port ${String(server.port)}`) as string,
    });
  });
});
