// The only commands that the probe can write: MAIL, RCPT, RSET and QUIT (EHLO, HELO and STARTTLS are nodemailer's; the
// preflight, which asks nobody, writes an EHLO of its own).
// There is no way here to DATA, BDAT, VRFY, EXPN or AUTH: a `Command` is made in this file only, and what is written
// is checked again, line by line, right where the socket is written (faults row 71).
import type { Writable } from 'node:stream';

declare const command: unique symbol;
/** One command line without its CRLF. */
export type Command = string & { readonly [command]: true };

declare const commands: unique symbol;
/** Command lines, each with its CRLF: what is written at once. */
export type Commands = string & { readonly [commands]: true };

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
  assertRecipient(recipient);
  return `RCPT TO:<${recipient}>` as Command;
}

/** Throws a TypeError for the first that is no path. True where one of them needs SMTPUTF8. */
export function checkRecipients(recipients: readonly string[]): boolean {
  let smtputf8 = false;
  for (const recipient of recipients) {
    // One look is enough for nearly all.
    if (recipient.length <= MAX_PATH_LENGTH && PLAIN_PATH.test(recipient)) continue;
    assertRecipient(recipient);
    smtputf8 ||= needsSmtputf8(recipient);
  }
  return smtputf8;
}

export function toLines(...list: readonly Command[]): Commands {
  return (list.join('\r\n') + '\r\n') as Commands;
}

/** RCPT for each recipient (they were checked before); '' for none. */
export function rcptLines(recipients: readonly string[]): Commands {
  if (recipients.length === 0) return '' as Commands;
  // One native join for all: n small strings would cost more than all the rest of a flight.
  return `RCPT TO:<${recipients.join('>\r\nRCPT TO:<')}>\r\n` as Commands;
}

/** Whether an address needs SMTPUTF8 (RFC 6531): any character beyond ASCII. */
export function needsSmtputf8(address: string): boolean {
  return /[^\u0000-\u007f]/.test(address);
}

/** C0, DEL and C1: a CR or LF would be a second command, the rest is refused with them. */
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
/** RFC 5321 4.5.3.1.4 allows 512; a 254 octet address is far below. */
const MAX_COMMAND_LENGTH = 510;
/** `RCPT TO:<>`, `MAIL FROM:<> SMTPUTF8` and some room. */
const MAX_PATH_LENGTH = 480;

/** Nearly every path: printable ASCII without space, quote, angle bracket or backslash. */
const PLAIN_PATH = /^[!#-;=?-[\]-~]+$/;
/** Nearly all that is written: printable ASCII in lines of one of the four forms. */
const PLAIN_COMMANDS = /^(?:(?:RCPT TO:<[ -~]+>|MAIL FROM:<[ -~]*>(?: SMTPUTF8)?|RSET|QUIT)\r\n)+$/;
const HOST_NAME = /^[a-z0-9.-]{1,253}$/i;
const ALLOWED = /^(?:MAIL FROM:<[^\r\n]*>(?: SMTPUTF8)?|RCPT TO:<[^\r\n]+>|RSET|QUIT)$/;

/**
 * Writes `count` command lines at once. Throws a TypeError, and writes nothing, if one of them is not one of our commands
 * or there are more or fewer of them: then an address was a line of its own.
 */
export function writeCommands(socket: Writable, lines: Commands, count: number): void {
  assertLines(lines, count);
  if (PLAIN_COMMANDS.test(lines)) {
    socket.write(lines, 'latin1');
    return;
  }
  for (const line of lines.slice(0, -2).split('\r\n')) assertCommand(line);
  socket.write(lines, 'utf8');
}

/** EHLO with a host name (RFC 5321 4.1.1.1). Throws a TypeError, and writes nothing, for what is none. */
export function writeEhlo(socket: Writable, heloName: string): void {
  if (!HOST_NAME.test(heloName)) throw new TypeError('A name to greet with that is no host name');
  socket.write(`EHLO ${heloName}\r\n`, 'latin1');
}

/** That there are so many lines, none of them over-long. */
function assertLines(lines: string, count: number): void {
  let found = 0;
  let start = 0;
  for (let end = lines.indexOf('\n'); end !== -1; end = lines.indexOf('\n', start)) {
    if (end - start > MAX_COMMAND_LENGTH + 1) throw new TypeError('A command over 510 characters');
    start = end + 1;
    found += 1;
  }
  if (found !== count || start !== lines.length) throw new TypeError('More lines than commands');
}

function assertCommand(line: string): void {
  // The line itself is not told: it holds an address.
  if (CONTROL.test(line)) throw new TypeError('A command with a control character');
  if (LONE_SURROGATE.test(line)) throw new TypeError('A command that is not well-formed Unicode');
  if (!ALLOWED.test(line)) throw new TypeError('A command that is none of MAIL, RCPT, RSET, QUIT');
}

function assertRecipient(recipient: string): void {
  assertPath(recipient);
  if (recipient === '') throw new TypeError('An empty recipient');
}

/** An address must not end its path early: `a@b> NOTIFY=NEVER` would smuggle a parameter in. */
function assertPath(path: string): void {
  if (CONTROL.test(path)) throw new TypeError('An address with a control character');
  if (path.length > MAX_PATH_LENGTH) throw new TypeError('An address over 480 characters');
  if (LONE_SURROGATE.test(path)) throw new TypeError('An address that is not well-formed Unicode');
  let quoted = false;
  for (let i = 0; i < path.length; i += 1) {
    const char = path[i];
    if (quoted && char === '\\') i += 1;
    else if (char === '"') quoted = !quoted;
    else if (!quoted && (char === '<' || char === '>' || char === ' ')) throw new TypeError('An address that ends its path');
  }
  if (quoted) throw new TypeError('An address with an open quote');
}
