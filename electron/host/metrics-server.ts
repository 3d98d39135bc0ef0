// Serves the metrics to a scraper on this machine: GET /metrics on 127.0.0.1, and nothing else to nobody else.
// A page in a browser could reach a loopback port under a name of its own (DNS rebinding), so the Host header must name
// this server as a local one, and no other origin is ever invited to read (no CORS). Never serves anything but numbers.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { UserError } from '../../shared/errors.ts';
import type { MetricsText } from '../engine/metrics/create-metrics.ts';

const ADDRESS = '127.0.0.1';
const PATH = '/metrics';
const HTTP_PORT = 80;
/** More than any scraper needs; a wild client shall not take the sockets that mail servers are asked on. */
const MOST_CONNECTIONS = 16;
const REQUEST_TIMEOUT_MS = 5_000;
const MOST_HEADER_BYTES = 8_192;

const HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const;

export interface MetricsServer {
  readonly port: number;
  readonly url: string;
  /** Ends open connections too. Closing twice is fine. */
  close(): Promise<void>;
}

/** `port` 0: any free one. Rejects with PortUnusable, naming the port, if it cannot be had. */
export async function startMetricsServer(port: number, text: () => Promise<MetricsText>): Promise<MetricsServer> {
  const hosts = new Set<string>();
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: REQUEST_TIMEOUT_MS, maxHeaderSize: MOST_HEADER_BYTES }, (request, response) => {
    void answer(request, response, hosts, text);
  });
  server.maxConnections = MOST_CONNECTIONS;
  const bound = await listen(server, port);
  for (const name of [ADDRESS, 'localhost', '[::1]']) {
    hosts.add(`${name}:${String(bound)}`);
    if (bound === HTTP_PORT) hosts.add(name);
  }
  return {
    port: bound,
    url: `http://${ADDRESS}:${String(bound)}${PATH}`,
    async close() {
      await new Promise<void>((resolve) => {
        // It fails only for a server that is closed already.
        server.close(() => { resolve(); });
        server.closeAllConnections();
      });
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, hosts: ReadonlySet<string>, text: () => Promise<MetricsText>): Promise<void> {
  const { host = '' } = request.headers;
  const [path] = (request.url ?? '').split('?', 1);
  if (!hosts.has(host.toLowerCase())) {
    say(response, 403, 'This is a local server; it answers to its local name only.');
  } else if (path !== PATH) {
    say(response, 404, `There is nothing but ${PATH} here.`);
  } else if (request.method !== 'GET') {
    say(response, 405, 'GET only.', { Allow: 'GET' });
  } else {
    try {
      const { contentType, body } = await text();
      response.writeHead(200, { ...HEADERS, 'Content-Type': contentType }).end(body);
    } catch {
      say(response, 500, 'The metrics could not be read.');
    }
  }
}

function say(response: ServerResponse, status: number, line: string, headers: Readonly<Record<string, string>> = {}): void {
  // The body of a request that is refused is not waited for.
  response.writeHead(status, { ...HEADERS, ...headers, 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' }).end(`${line}\n`);
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => { reject(unusable(port, error)); });
    server.listen({ port, host: ADDRESS, exclusive: true }, resolve);
  });
  // An accept that fails (EMFILE) must not end the process.
  server.removeAllListeners('error').on('error', () => undefined);
  const address = server.address();
  return address !== null && typeof address === 'object' ? address.port : port;
}

function unusable(port: number, cause: NodeJS.ErrnoException): UserError {
  const where = `port ${String(port)} of ${ADDRESS}`;
  const known: Readonly<Record<string, string>> = {
    EADDRINUSE: `Metrics cannot be served: ${where} is used by another program. Name another port.`,
    EACCES: `Metrics cannot be served: ${where} needs more rights than this program has. Name a port above 1023.`,
  };
  return new UserError('PortUnusable', known[cause.code ?? ''] ?? `Metrics cannot be served on ${where}: ${cause.message}`, { retryable: true, cause });
}
