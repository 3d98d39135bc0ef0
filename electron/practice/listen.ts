// Starts a TCP server of the practice world on one loopback address. Never throws later: what fails after that is the
// client's to notice.
import type { Server } from 'node:net';

/** Resolves with the port that is listened on (`port` 0: any free one); rejects if the address or port cannot be had. */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      // An accept that fails (EMFILE) must not end the process.
      server.on('error', () => undefined);
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : port);
    });
  });
}
