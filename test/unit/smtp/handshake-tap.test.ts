// The tap: every reply of a greeting judged, at its stage, however it was cut, and no word out of turn let through.
import { describe, expect, it } from 'vitest';
import { HandshakeTap } from '../../../electron/engine/smtp/handshake-tap.ts';

const EHLO = '250-mx\r\n250-PIPELINING\r\n250 SMTPUTF8\r\n';
const EHLO_TLS = '250-mx\r\n250-STARTTLS\r\n250 PIPELINING\r\n';

/** Each text is what the server says to one command; each is cut to `size` octets a chunk. */
function greet(texts: readonly string[], { useTls = false, size = 10_000 } = {}) {
  const tap = new HandshakeTap(useTls);
  for (const text of texts) {
    for (let i = 0; i < text.length; i += size) {
      const failed = tap.push(Buffer.from(text.slice(i, i + size), 'latin1'));
      if (failed !== null) return { tap, failed };
    }
  }
  return { tap, failed: null };
}

describe('HandshakeTap', () => {
  it.each([1, 3, 10_000])('follows greeting and EHLO in chunks of %i', (size) => {
    const { tap, failed } = greet(['220-wait\r\n220 mx ESMTP\r\n', EHLO], { size });
    expect(failed).toBeNull();
    expect(tap.stage).toBe('READY');
    expect(tap.capabilities).toEqual({ pipelining: true, smtputf8: true });
    expect(tap.errors).toBe(0);
  });

  it('waits for the last line of a teaser greeting', () => {
    expect(greet(['220-teaser\r\n']).tap.stage).toBe('CONNECT');
  });

  it('falls back to HELO, offers nothing then, and counts the error', () => {
    const { tap } = greet(['220 mx\r\n', '502 5.5.1 no\r\n', '250 mx\r\n']);
    expect(tap.stage).toBe('READY');
    expect(tap.capabilities).toEqual({ pipelining: false, smtputf8: false });
    expect(tap.errors).toBe(1);
  });

  it.each([
    ['CONNECT', ['421 4.7.0 too many connections\r\n'], 421],
    ['CONNECT', ['554 5.7.1 blocked\r\n'], 554],
    ['CONNECT', ['521 no mail here\r\n'], 521],
    ['EHLO', ['220 mx\r\n', '421 4.3.2 bye\r\n'], 421],
    ['HELO', ['220 mx\r\n', '550 who\r\n', '550 5.7.1 go away\r\n'], 550],
  ])('tells a refusal at %s as one of the session', (stage, texts, code) => {
    expect(greet(texts).failed).toMatchObject({ code: 'SessionRefused', stage, reply: { code } });
  });

  it.each([
    ['an HTTP greeting', ['HTTP/1.1 400 Bad\r\n'], 'CONNECT'],
    ['an SSH greeting', ['SSH-2.0-x\r\n'], 'CONNECT'],
    ['a greeting of another kind', ['250 hello\r\n'], 'CONNECT'],
    ['an endless EHLO reply', ['220 mx\r\n', '250-x\r\n'.repeat(200)], 'EHLO'],
    ['a 64 KiB line', ['220 mx\r\n', `250 ${'x'.repeat(65_536)}`], 'EHLO'],
  ])('is out of step at %s', (_name, texts, stage) => {
    for (const size of [1, 1_000, 100_000]) expect(greet(texts, { size }).failed).toMatchObject({ code: 'ProtocolError', stage });
  });

  it('is out of step where the server speaks before it was asked', () => {
    expect(greet([`220 mx\r\n${EHLO}`]).failed).toMatchObject({ code: 'ProtocolError' });
    expect(greet(['220 mx\r\n25']).failed).toMatchObject({ code: 'ProtocolError' });
  });

  it('takes 421 at any time', () => {
    expect(greet(['220 mx\r\n421 4.3.2 shutting down\r\n']).failed).toMatchObject({ code: 'SessionRefused', reply: { code: 421 } });
  });

  it('goes through STARTTLS and forgets what was offered before it', () => {
    const { tap } = greet(['220 mx\r\n', EHLO_TLS, '220 go\r\n'], { useTls: true });
    expect(tap.stage).toBe('TLS');
    tap.secured();
    expect(tap.stage).toBe('EHLO');
    expect(tap.capabilities.pipelining).toBe(false);
    expect(tap.push(Buffer.from('250-mx\r\n250 STARTTLS\r\n'))).toBeNull();
    expect(tap.stage).toBe('READY');
  });

  it('does not ask for TLS where it is not wanted, or not offered', () => {
    expect(greet(['220 mx\r\n', EHLO_TLS]).tap.stage).toBe('READY');
    expect(greet(['220 mx\r\n', EHLO], { useTls: true }).tap.stage).toBe('READY');
  });

  it('goes on in plain text where STARTTLS is refused', () => {
    const { tap, failed } = greet(['220 mx\r\n', EHLO_TLS, '454 4.7.0 not now\r\n'], { useTls: true });
    expect(failed).toBeNull();
    expect(tap).toMatchObject({ stage: 'READY', starttlsRefused: true, errors: 1, capabilities: { pipelining: true } });
  });

  it.each(['220 go\r\n250-injected\r\n', '220 go\r\n250 injected\r\n', '220 go\r\n2', '220 go\r\n\0'])('refuses bytes after the 220 to STARTTLS: %j', (text) => {
    const { failed } = greet(['220 mx\r\n', EHLO_TLS, text], { useTls: true });
    expect(failed).toMatchObject({ code: 'ProtocolError', stage: 'STARTTLS' });
    expect(failed?.detail).toContain('injection');
  });

  it('prefers the words of a refused EHLO where the connection ends at HELO', () => {
    const { tap } = greet(['220 mx\r\n', '550 5.7.1 blocked\r\n']);
    expect(tap.endedBy()).toMatchObject({ code: 'SessionRefused', stage: 'EHLO', reply: { code: 550, enhanced: '5.7.1' } });
    expect(greet(['220 mx\r\n']).tap.endedBy()).toBeNull();
  });
});
