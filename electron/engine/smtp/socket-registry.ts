// Every socket of a pool until it is really closed, so that closing the pool can wait for the last one.
// A socket that was left with QUIT is not a session any more, but still a handle of this process.
import type { Socket } from 'node:net';

export class SocketRegistry {
  readonly #sockets = new Set<Socket>();
  readonly #waiting = new Set<() => void>();

  get size(): number {
    return this.#sockets.size;
  }

  add(socket: Socket): void {
    if (this.#sockets.has(socket) || socket.closed) return;
    this.#sockets.add(socket);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      if (this.#sockets.size > 0) return;
      for (const done of this.#waiting) done();
      this.#waiting.clear();
    });
  }

  /** Resolves when no socket is open; at once if none is. */
  async whenEmpty(): Promise<void> {
    if (this.#sockets.size === 0) return;
    await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  destroyAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}
