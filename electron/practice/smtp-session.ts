// One connection to a practice MX host: reads commands in order, asks the behaviour for the replies and gives them in
// order, each after its delay. Follows RFC 5321 as far as RCPT; DATA and the other forbidden commands are refused and
// noted as violations, and so is a tenth refused recipient, which a well-kept client never runs into.
import type { Socket } from 'node:net';
import { reply, type Behaviour, type PracticeReply, type Recipient, type SessionView } from './behaviour.ts';
import { mailboxStateOf } from './population.ts';
import type { Recorder } from './recorder.ts';
import type { WayTo } from './scenarios.ts';

const FORBIDDEN = new Set(['DATA', 'BDAT', 'VRFY', 'EXPN', 'AUTH']);
const REFUSED_TO_NOTE = 10;
/** RFC 5321 4.5.3.1.4 asks for 512; Postfix takes 2048. */
const LONGEST_LINE_BYTES = 2048;

export interface PracticeHost {
  readonly mxName: string;
  /** Domains that it takes mail for. */
  readonly serves: ReadonlySet<string>;
  readonly behaviour: Behaviour;
  readonly scaled: (ms: number) => number;
  readonly recorder: Recorder;
  readonly way: WayTo;
}

export function servePracticeSession(socket: Socket, host: PracticeHost): void {
  const { behaviour, recorder } = host;
  const pipelining = behaviour.extensions.includes('PIPELINING');
  const smtputf8 = behaviour.extensions.includes('SMTPUTF8');
  let pending: Buffer = Buffer.alloc(0);
  let from: string | null = null;
  let recipients: Recipient[] = [];
  let greeted = false;
  let errors = 0;
  let refused = 0;
  let resets = 0;
  let ended = false;
  let busy = false;
  let timer: NodeJS.Timeout | null = null;

  const view = (): SessionView => ({
    mxHost: host.mxName,
    clientIp: socket.remoteAddress ?? 'unknown',
    from: from ?? '',
    recipients,
    errors,
    resets,
  });

  function end(): void {
    if (ended) return;
    ended = true;
    if (timer !== null) clearTimeout(timer);
    recorder.sessionClosed(host.mxName);
  }

  function give(answer: PracticeReply): void {
    const last = answer.lines.length - 1;
    socket.write(answer.lines.map((line, index) => `${answer.code}${index === last ? ' ' : '-'}${line}\r\n`).join(''));
    if (answer.code >= 400) errors += 1;
    if (answer.code === 421) recorder.closedWith421();
    if (answer.hangUp === true) {
      socket.end();
      end();
    }
  }

  /** Takes the next whole line and answers it; then the next. Replies never overtake each other. */
  function next(): void {
    if (busy || ended) return;
    const newline = pending.indexOf(0x0a);
    if (newline === -1) {
      if (pending.length > LONGEST_LINE_BYTES) give({ code: 500, lines: ['5.5.2 Error: line too long'], hangUp: true });
      return;
    }
    const withCr = newline > 0 && pending[newline - 1] === 0x0d;
    const bytes = pending.subarray(0, withCr ? newline - 1 : newline);
    pending = pending.subarray(newline + 1);
    if (!withCr || bytes.some((byte) => byte < 0x20 || byte === 0x7f)) recorder.violation(`${host.mxName}: control character in a command`);
    if (pending.length > 0 && !pipelining) {
      recorder.violation(`${host.mxName}: pipelined where PIPELINING is not offered`);
      give({ code: 500, lines: ['5.5.1 Invalid command: Pipelining not supported'], hangUp: true });
      return;
    }
    busy = true;
    // The delay stands before the reply is made, so that time passes for what the reply depends on.
    const delayMs = host.scaled(behaviour.delayMs?.(view()) ?? 0);
    const answerNow = (): void => {
      timer = null;
      busy = false;
      if (ended) return;
      const line = bytes.toString('utf8');
      give(behaviour.giveUp?.(view()) ?? answer(line));
      next();
    };
    if (delayMs > 0) timer = setTimeout(answerNow, delayMs);
    else answerNow();
  }

  function answer(line: string): PracticeReply {
    const verb = /^[A-Za-z]+/.exec(line)?.[0].toUpperCase() ?? '';
    if (FORBIDDEN.has(verb)) {
      recorder.violation(`${host.mxName}: ${verb}`);
      return reply(502, '5.5.1 Error: command not allowed here');
    }
    switch (verb) {
      case 'EHLO':
        greeted = true;
        recorder.greeted(line.slice('EHLO '.length));
        [from, recipients] = [null, []];
        // As Gmail's does: it tells the client by which address it is seen.
        return reply(250, `${host.mxName} at your service${host.way.tellsAddress ? `, [${view().clientIp}]` : ''}`, ...behaviour.extensions);
      case 'HELO':
        greeted = true;
        recorder.greeted(line.slice('HELO '.length));
        [from, recipients] = [null, []];
        return reply(250, host.mxName);
      case 'MAIL':
        return mail(line);
      case 'RCPT':
        return rcpt(line);
      case 'RSET':
        resets += 1;
        [from, recipients] = [null, []];
        return behaviour.rset?.(view()) ?? reply(250, '2.0.0 Ok');
      case 'NOOP':
        return reply(250, '2.0.0 Ok');
      case 'QUIT':
        return { code: 221, lines: ['2.0.0 Bye'], hangUp: true };
      default:
        return reply(502, '5.5.2 Error: command not recognized');
    }
  }

  function mail(line: string): PracticeReply {
    const match = /^MAIL FROM:<([^>]*)>((?: [A-Z0-9-]+(?:=[^ ]+)?)*)$/i.exec(line);
    if (match === null) return reply(501, '5.5.4 Syntax: MAIL FROM:<address>');
    if (!greeted) return reply(503, '5.5.1 Error: send HELO/EHLO first');
    if (from !== null) return reply(503, '5.5.1 Error: nested MAIL command');
    if (/\bSMTPUTF8\b/i.test(match[2] ?? '') && !smtputf8) return reply(555, '5.5.4 Unsupported option: SMTPUTF8');
    const answered = behaviour.mail?.(view()) ?? reply(250, '2.1.0 Ok');
    if (answered.code < 400) [from, recipients] = [match[1] ?? '', []];
    return answered;
  }

  function rcpt(line: string): PracticeReply {
    const address = /^RCPT TO:<(.+)>$/i.exec(line)?.[1];
    if (address === undefined) return reply(501, '5.5.4 Syntax: RCPT TO:<address>');
    if (from === null) return reply(503, '5.5.1 Error: need MAIL command');
    const at = address.lastIndexOf('@');
    const recipient: Recipient = {
      address,
      local: address.slice(0, at),
      domain: address.slice(at + 1).toLowerCase(),
      mailbox: mailboxStateOf(address.slice(0, at)),
    };
    const answered = answerRecipient(recipient);
    recipients = [...recipients, recipient];
    const isRefused = answered.code >= 400;
    recorder.recipient(address, isRefused);
    if (isRefused) {
      refused += 1;
      if (refused === REFUSED_TO_NOTE) recorder.violation(`${host.mxName}: a tenth refused recipient in one session`);
    }
    return answered;
  }

  function answerRecipient(recipient: Recipient): PracticeReply {
    if (!smtputf8 && /[^\x20-\x7e]/.test(recipient.address)) return reply(553, '5.6.7 Error: SMTPUTF8 is required');
    if (!host.serves.has(recipient.domain)) return reply(554, `5.7.1 <${recipient.address}>: Relay access denied`);
    return behaviour.rcpt(recipient, view());
  }

  socket.setNoDelay(true);
  socket.on('error', () => undefined);
  socket.on('close', end);
  socket.on('data', (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    next();
  });
  recorder.sessionOpened(host.mxName);
  if (host.way.mute) return;
  give(host.way.greeting === null ? behaviour.greeting(view()) : reply(220, host.way.greeting));
}
