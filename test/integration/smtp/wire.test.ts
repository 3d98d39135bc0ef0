// Faults row 71 for every scripted scenario of this folder: the lab reads along, and a server that was ever sent what a
// probe must never send does not stop in peace. Here it is seen to bite.
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startSmtpServer } from '../../lab/smtp-server.ts';

describe('the lab', () => {
  it.each(['DATA', 'BDAT 5 LAST', 'VRFY joe', 'EXPN staff', 'AUTH PLAIN', 'data'])('lets no scenario pass that sent %s', async (command) => {
    const lab = await startSmtpServer();
    const socket = connect({ host: lab.ip, port: lab.port });
    await once(socket, 'data');
    socket.write(`${command}\r\n`);
    await once(socket, 'data');
    socket.destroy();
    await expect(lab.stop()).rejects.toThrow(`forbidden command: ${command}`);
  });
});
