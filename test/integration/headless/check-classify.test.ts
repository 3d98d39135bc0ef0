import { describe, expect, it } from 'vitest';
import { runWinnow } from '../../lab/winnow.ts';

const jsonLines = (text: string): Record<string, unknown>[] =>
  text.split('\n').slice(0, -1).map((line) => JSON.parse(line) as Record<string, unknown>);

describe('winnow check', () => {
  it('answers one line for each line, in order, with no trimming', async () => {
    const { code, stdout } = await runWinnow(['check'], { stdin: 'ann@example.com\n\n ann@example.com\nann@example.com \nno at\nÄNN@BÜCHER.example\ninfo@example.com' });
    expect(code).toBe(0);
    const lines = jsonLines(stdout);
    expect(lines.map((line) => line['status'])).toEqual(['unknown', 'undeliverable', 'undeliverable', 'undeliverable', 'undeliverable', 'unknown', 'unknown']);
    expect(lines[0]).toMatchObject({ address: 'ann@example.com', normalized: 'ann@example.com', reason: 'pending' });
    expect(lines[1]).toMatchObject({ address: '', reason: 'syntax_no_at' });
    expect(lines[2]).toMatchObject({ address: ' ann@example.com', reason: 'syntax_space' });
    expect(lines[5]).toMatchObject({ normalized: 'ÄNN@xn--bcher-kva.example', flags: expect.arrayContaining(['smtputf8']) as unknown });
    expect(lines[6]).toMatchObject({ flags: expect.arrayContaining(['role']) as unknown });
  });

  it('streams a hundred thousand lines and loses none', async () => {
    const count = 100_000;
    const stdin = Array.from({ length: count }, (_, index) => `user${String(index)}@example.com\n`).join('');
    const { stdout } = await runWinnow(['check'], { stdin });
    const lines = stdout.split('\n');
    expect(lines).toHaveLength(count + 1);
    expect(lines[count - 1]).toContain(`user${String(count - 1)}@example.com`);
  });

  it('refuses control characters', async () => {
    const { stdout } = await runWinnow(['check'], { stdin: 'ann\u0000@example.com\nann@example.com\r\n' });
    expect(jsonLines(stdout).map((line) => line['reason'])).toEqual(['syntax_bad_character', 'syntax_bad_character']);
  });
});

describe('winnow classify', () => {
  it('answers in order, by stage', async () => {
    const lines = [
      { reply: '550 5.1.1 <ann@example.com>: Recipient address rejected: User unknown' },
      { reply: '550 5.1.1 <ann@example.com>: Recipient address rejected: User unknown', stage: 'MAIL' },
      { reply: '554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org', stage: 'RCPT' },
      { reply: '450 4.2.0 Greylisted, see you later', stage: null },
      { reply: '452 4.2.2 The email account that you tried to reach is over quota' },
    ];
    const { code, stdout } = await runWinnow(['classify'], { stdin: lines.map((line) => `${JSON.stringify(line)}\n`).join('') });
    expect(code).toBe(0);
    const answers = jsonLines(stdout);
    expect(answers[0]).toEqual({ status: 'undeliverable', reason: 'mailbox_not_found' });
    expect(answers[1]?.['status']).toBe('unknown');
    expect(answers[2]).toEqual({ status: 'unknown', reason: 'ip_blocked' });
    expect(answers[3]).toEqual({ status: 'unknown', reason: 'greylisted' });
    expect(answers[4]).toEqual({ status: 'risky', reason: 'mailbox_full' });
  });

  it('keeps the order around a line that is no reply, names it, and ends with exit code 2', async () => {
    const { code, stdout, stderr } = await runWinnow(['classify'], { stdin: '{"reply":"250 2.1.5 Ok"}\nnonsense\n{"stage":"RCPT"}\n{"reply":"421 4.7.0 Too many connections"}\n' });
    expect(code).toBe(2);
    const answers = jsonLines(stdout);
    expect(answers).toHaveLength(4);
    expect(answers[1]).toHaveProperty('error');
    expect(answers[2]).toHaveProperty('error');
    expect(answers[3]?.['reason']).toBe('rate_limited');
    expect(stderr).toContain('line 2');
  });
});
