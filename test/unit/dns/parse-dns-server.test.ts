import { describe, expect, it } from 'vitest';
import { parseDnsServer } from '../../../electron/engine/dns/parse-dns-server.ts';

describe('parseDnsServer', () => {
  it.each([
    ['192.0.2.53', '192.0.2.53', 53],
    ['192.0.2.53:5353', '192.0.2.53', 5353],
    [' 192.0.2.53 ', '192.0.2.53', 53],
    ['2001:db8::53', '2001:db8::53', 53],
    ['::1', '::1', 53],
    ['[2001:db8::53]', '2001:db8::53', 53],
    ['[2001:db8::53]:5353', '2001:db8::53', 5353],
    ['fe80::1%eth0', 'fe80::1%eth0', 53],
  ])('reads %j', (text, host, port) => {
    expect(parseDnsServer(text)).toEqual({ host, port });
  });

  it.each(['', 'dns.example.com', '192.0.2', '192.0.2.53:', '192.0.2.53:0', '192.0.2.53:65536', '192.0.2.53:x', '[192.0.2.53]', '[2001:db8::53', '[nope]:53', '192.0.2.999', '0x7f.0.0.1'])(
    'refuses %j and says what was expected',
    (text) => {
      expect(() => parseDnsServer(text)).toThrow(expect.objectContaining({ name: 'UserError', code: 'SettingsInvalid', message: expect.stringContaining('Expected an IP address') as string }));
    },
  );
});
