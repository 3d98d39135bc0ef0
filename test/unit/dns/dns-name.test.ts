import { describe, expect, it } from 'vitest';
import { canonicalName, isHostName } from '../../../electron/engine/dns/dns-name.ts';

describe('canonicalName', () => {
  it.each([
    ['Mail.Firm.TEST.', 'mail.firm.test'],
    ['firm.test', 'firm.test'],
    ['.', ''],
    ['', ''],
  ])('%j is %j', (name, expected) => {
    expect(canonicalName(name)).toBe(expected);
  });
});

describe('isHostName', () => {
  it.each(['firm.test', 'xn--bcher-kva.test', '_dmarc.firm.test', 'mx_1.firm.test', 'localhost', '1.2.3.4', `${'a'.repeat(63)}.test`])('takes %s', (name) => {
    expect(isHostName(name)).toBe(true);
  });

  it.each([
    '',
    '.',
    'firm..test',
    '.firm.test',
    'firm.test.',
    '-firm.test',
    'firm-.test',
    'fi rm.test',
    'firm\n.test',
    'firm\0.test',
    'bücher.test',
    'Firm.test',
    `${'a'.repeat(64)}.test`,
    `${'a.'.repeat(126)}test`,
  ])('refuses %j', (name) => {
    expect(isHostName(name)).toBe(false);
  });
});
