// The only commands that the probe can write: MAIL, RCPT, RSET and QUIT (EHLO, HELO and STARTTLS are nodemailer's).
// There is no way here to DATA, BDAT, VRFY, EXPN or AUTH: a `Command` is made in this file only, and what is written
// is checked again, line by line, right where the socket is written (faults row 71).
import type { Writable } from 'node:stream';

declare const command: unique symbol;
/** One command line without its CRLF. */
export type Command = string & { readonly [command]: true };

export const RSET = 'RSET' as Command;
export const QUIT = 'QUIT' as Command;

/** `from` without angle brackets; '' is the null reverse-path. Throws a TypeError for what is no path. */
export function mailCommand(from: string, smtputf8: boolean): Command {
  assertPath(from);
  // RFC 6531 3.4: the parameter only where it is offered and an address of the transaction needs it.
  return `MAIL FROM:<${from}>${smtputf8 ? ' SMTPUTF8' : ''}` as Command;
}

/** `recipient` without angle brackets. Throws a TypeError for what is no path. */
export function rcptCommand(recipient: string): Command {
  assertPath(recipient);
  if (recipient === '') throw new TypeError('An empty recipient');
  return `RCPT TO:<${recipient}>` as Command;
}

/** Whether an address needs SMTPUTF8 (RFC 6531): any character beyond ASCII. */
export function needsSmtputf8(address: string): boolean {
  return /[^\u0000-\u007f]/.test(address);
}

/** C0, DEL and C1: a CR or LF would be a second command, the rest is refused with them. */
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const ALLOWED = /^(?:MAIL FROM:<[^\r\n]*>(?: SMTPUTF8)?|RCPT TO:<[^\r\n]+>|RSET|QUIT)$/;
/** RFC 5321 4.5.3.1.4 allows 512; a 254 octet address is far below. */
const MAX_COMMAND_LENGTH = 510;

/** Writes all lines at once. Throws a TypeError, and writes nothing, if one of them is not one of our commands. */
export function writeCommands(socket: Writable, commands: readonly Command[]): void {
  let text = '';
  let utf8 = false;
  for (const line of commands) {
    assertCommand(line);
    utf8 ||= needsSmtputf8(line);
    text += line + '\r\n';
  }
  socket.write(text, utf8 ? 'utf8' : 'latin1');
}

function assertCommand(line: string): void {
  // The line itself is not told: it holds an address.
  if (CONTROL.test(line)) throw new TypeError('A command with a control character');
  if (line.length > MAX_COMMAND_LENGTH) throw new TypeError('A command over 510 characters');
  if (LONE_SURROGATE.test(line)) throw new TypeError('A command that is not well-formed Unicode');
  if (!ALLOWED.test(line)) throw new TypeError('A command that is none of MAIL, RCPT, RSET, QUIT');
}

/** An address must not end its path early: `a@b> NOTIFY=NEVER` would smuggle a parameter in. */
function assertPath(path: string): void {
  if (CONTROL.test(path)) throw new TypeError('An address with a control character');
  let quoted = false;
  for (let i = 0; i < path.length; i += 1) {
    const char = path[i];
    if (quoted && char === '\\') i += 1;
    else if (char === '"') quoted = !quoted;
    else if (!quoted && (char === '<' || char === '>' || char === ' ')) throw new TypeError('An address that ends its path');
  }
  if (quoted) throw new TypeError('An address with an open quote');
}
