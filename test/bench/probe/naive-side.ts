// The plain way to verify: a connection for each address, one command at a time, nothing but a socket. Written for speed:
// no timers, no logging, no checks beyond the reply's code.
import { connect } from 'node:net';
import { runOneByOne } from './one-by-one.ts';
import { hostOf, type Opinion, type ProbeFigures, type ProbeTask } from './task.ts';

export async function naive(task: ProbeTask): Promise<ProbeFigures> {
  return runOneByOne(task, async (address, index) => ask(hostOf(task, index), task.port, address));
}

/** One address over a connection of its own. */
export async function ask(host: string, port: number, address: string): Promise<Opinion> {
  return new Promise((resolve) => {
    const commands = ['EHLO me.test', 'MAIL FROM:<v@me.test>', `RCPT TO:<${address}>`];
    let next = 0;
    let rest = '';
    let opinion: Opinion = 'undecided';
    const socket = connect({ host, port, noDelay: true });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      resolve(opinion);
    });
    socket.on('data', (chunk: Buffer) => {
      rest += chunk.toString('latin1');
      const lastLine = rest.slice(rest.lastIndexOf('\n', rest.length - 2) + 1);
      if (!rest.endsWith('\n') || lastLine[3] === '-') return;
      rest = '';
      const command = commands[next];
      next += 1;
      if (command !== undefined) {
        socket.write(`${command}\r\n`, 'latin1');
        return;
      }
      opinion = lastLine.startsWith('250') ? 'deliverable' : lastLine.startsWith('5') ? 'undeliverable' : 'undecided';
      socket.end('QUIT\r\n', 'latin1');
      socket.destroySoon();
    });
  });
}
