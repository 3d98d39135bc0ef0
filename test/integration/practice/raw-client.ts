// A bare SMTP client over a socket: sends what it is told, byte for byte, and hands out the replies in order.
import { connect, type Socket } from 'node:net';

export interface RawClient {
  /** Writes as it is. */
  write(text: string): void;
  /** The next whole reply, its lines joined by `\n`; null once the server has closed the connection. */
  reply(): Promise<string | null>;
  /** Writes one line and waits for its reply. */
  command(line: string): Promise<string | null>;
  /** Resolves when the server has closed the connection. */
  readonly closed: Promise<void>;
  end(): void;
}

export async function rawClient(host: string, port: number): Promise<RawClient> {
  const socket: Socket = connect({ host, port });
  const replies: string[] = [];
  const waiters: ((reply: string | null) => void)[] = [];
  let pending = '';
  let isClosed = false;

  socket.setEncoding('utf8');
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    pending += String(chunk);
    for (;;) {
      const match = /^(?:\d{3}-[^\n]*\n)*\d{3}(?: [^\n]*)?\n/.exec(pending);
      if (match === null) return;
      pending = pending.slice(match[0].length);
      const reply = match[0].trimEnd().replaceAll('\r', '');
      const waiter = waiters.shift();
      if (waiter === undefined) replies.push(reply);
      else waiter(reply);
    }
  });
  const closed = new Promise<void>((resolve) => {
    socket.on('close', () => {
      isClosed = true;
      for (const waiter of waiters.splice(0)) waiter(null);
      resolve();
    });
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });

  const reply = (): Promise<string | null> => {
    const ready = replies.shift();
    if (ready !== undefined) return Promise.resolve(ready);
    return isClosed ? Promise.resolve(null) : new Promise((resolve) => waiters.push(resolve));
  };
  return {
    write: (text) => {
      socket.write(text);
    },
    reply,
    command(line) {
      socket.write(`${line}\r\n`);
      return reply();
    },
    closed,
    end: () => {
      socket.destroy();
    },
  };
}
