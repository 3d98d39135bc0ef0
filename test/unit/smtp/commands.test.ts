// What can be written at all: MAIL, RCPT, RSET, QUIT, and no octet that could end a line or a path early.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkRecipients, mailCommand, needsSmtputf8, QUIT, rcptCommand, rcptLines, RSET, toLines, writeCommands, writeEhlo, type Command, type Commands } from '../../../electron/engine/smtp/commands.ts';

function written(commands: readonly Command[]): Buffer {
  const stream = new PassThrough();
  writeCommands(stream, toLines(...commands), commands.length);
  return (stream.read() as Buffer | null) ?? Buffer.alloc(0);
}

describe('commands', () => {
  it('writes a flight as one piece', () => {
    const bytes = written([RSET, mailCommand('v@me.test', false), rcptCommand('a@x.test'), rcptCommand('"a b>"@x.test')]);
    expect(bytes.toString('latin1')).toBe('RSET\r\nMAIL FROM:<v@me.test>\r\nRCPT TO:<a@x.test>\r\nRCPT TO:<"a b>"@x.test>\r\n');
  });

  it('writes the null reverse-path and UTF-8', () => {
    expect(written([mailCommand('', true), rcptCommand('ü@x.test'), QUIT]).toString('utf8')).toBe(
      'MAIL FROM:<> SMTPUTF8\r\nRCPT TO:<ü@x.test>\r\nQUIT\r\n',
    );
  });

  it.each([
    'a@x.test\r\nDATA',
    'a@x.test\nDATA',
    'a\0@x.test',
    'a\u007f@x.test',
    'a\u0085@x.test',
    'a\u2028@x.test',
    'a@x.test> NOTIFY=NEVER',
    'a@x.test>',
    '<a@x.test',
    'a b@x.test',
    '"a@x.test',
    '',
    `${'a'.repeat(500)}@x.test`,
    '\ud800@x.test',
  ])('refuses the recipient %j before anything is written', (recipient) => {
    expect(() => rcptCommand(recipient)).toThrow(TypeError);
    expect(() => checkRecipients(['a@x.test', recipient])).toThrow(TypeError);
  });

  it('makes one piece of RCPT for many, the same as one by one', () => {
    const recipients = ['a@x.test', '"b c"@x.test', 'ü@x.test'];
    expect(rcptLines(recipients)).toBe(toLines(...recipients.map(rcptCommand)));
    expect(rcptLines([])).toBe('');
    expect(checkRecipients(recipients)).toBe(true);
    expect(checkRecipients(['a@x.test', '"b c"@x.test'])).toBe(false);
  });

  it('refuses more lines than commands: an address was a command of its own', () => {
    for (const smuggled of ['a@x.test>\r\nRCPT TO:<b@x.test', 'a@x.test>\r\nRSET\r\nRCPT TO:<b@x.test', 'a@x.test>\nRCPT TO:<b@x.test']) {
      const stream = new PassThrough();
      expect(() => {
        writeCommands(stream, rcptLines([smuggled]), 1);
      }, smuggled).toThrow(TypeError);
      expect(stream.read()).toBeNull();
    }
  });

  it.each(['RSET', 'RSET\r', 'RSET\r\nQUIT', 'RSET\n', '', '\r\n'])('refuses %j, which is no whole line', (text) => {
    const stream = new PassThrough();
    expect(() => {
      writeCommands(stream, text as Commands, 1);
    }).toThrow(TypeError);
    expect(stream.read()).toBeNull();
  });

  it('checks each line again where it is written, and then writes none of them', () => {
    const smuggled = ['RCPT TO:<a@x.test>\r\nDATA', 'RCPT TO:<\ud800@x.test>', `RCPT TO:<${'a'.repeat(600)}@x.test>`, 'RCPT TO:<\0>'];
    const forbidden = ['DATA', 'BDAT 1', 'VRFY a', 'EXPN a', 'AUTH PLAIN', 'EHLO x', 'NOOP', 'HELP', 'rcpt', '', 'QUIT ', 'RSETX', 'MAIL FROM:<>X'];
    for (const line of [...smuggled, ...forbidden]) {
      const stream = new PassThrough();
      expect(() => {
        writeCommands(stream, `RSET\r\n${line}\r\n` as Commands, 2);
      }, line).toThrow(TypeError);
      expect(stream.read(), line).toBeNull();
    }
  });

  it('never writes a line that is none of ours, whatever the address (property)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (address) => {
        let commands: readonly Command[] = [];
        try {
          commands = [mailCommand(address, false), rcptCommand(address)];
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError);
          return;
        }
        const stream = new PassThrough();
        try {
          writeCommands(stream, toLines(...commands), 2);
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError);
          return;
        }
        expect((stream.read() as Buffer).toString('utf8')).toBe(`MAIL FROM:<${address}>\r\nRCPT TO:<${address}>\r\n`);
      }),
    );
  });

  it('tells who needs SMTPUTF8', () => {
    expect(needsSmtputf8('a@x.test')).toBe(false);
    expect(needsSmtputf8('ü@x.test')).toBe(true);
    expect(needsSmtputf8('a@ü.test')).toBe(true);
  });

  it('greets with a host name only', () => {
    const stream = new PassThrough();
    writeEhlo(stream, 'mail.own.test');
    expect(String(stream.read())).toBe('EHLO mail.own.test\r\n');
    for (const name of ['', 'a\r\nDATA', 'a b', 'ü.test', 'x'.repeat(254)]) expect(() => { writeEhlo(stream, name); }, name).toThrow(TypeError);
    expect(stream.read()).toBeNull();
  });

  it('is the only way to a socket: no other file of the stage writes, and none names a forbidden verb in code', () => {
    const folder = join(import.meta.dirname, '../../../electron/engine/smtp');
    const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
    expect(files).toContain('commands.ts');
    for (const name of files) {
      const code = readFileSync(join(folder, name), 'utf8').replaceAll(/\/\/.*$|\/\*[\s\S]*?\*\//gm, '');
      expect(code, name).not.toMatch(/\b(?:DATA|BDAT|VRFY|EXPN|AUTH)\b/);
      if (name !== 'commands.ts') expect(code, name).not.toMatch(/socket\s*\.\s*(?:write|end)\(|\.(?:send|login|reset)\(/);
    }
  });
});
