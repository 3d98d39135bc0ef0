// Which errors of a connect are this machine's own.
import { describe, expect, it } from 'vitest';
import { isLocalFailure } from '../../../electron/engine/smtp/local-failure.ts';

describe('isLocalFailure', () => {
  it.each(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM'])('%s: no socket to be had', (code) => {
    expect(isLocalFailure(code, false)).toBe(true);
    expect(isLocalFailure(code, true)).toBe(true);
  });

  it('EADDRNOTAVAIL: out of ports, or an address that this machine does not have', () => {
    expect(isLocalFailure('EADDRNOTAVAIL', false)).toBe(true);
    expect(isLocalFailure('EADDRNOTAVAIL', true)).toBe(false);
  });

  it.each(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'ECONNRESET', 'closed by the peer'])('%s: not ours', (code) => {
    expect(isLocalFailure(code, false)).toBe(false);
  });
});
