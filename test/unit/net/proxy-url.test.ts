// How a proxy is named in the settings: one form, read and never guessed.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseProxyUrl } from '../../../shared/net/proxy-url.ts';
import { settingsSchema } from '../../../shared/settings/schema.ts';

describe('parseProxyUrl', () => {
  it.each([
    ['socks5://127.0.0.1:1080', { host: '127.0.0.1', port: 1080, login: null }],
    ['SOCKS5://proxy.example.com:9050/', { host: 'proxy.example.com', port: 9050, login: null }],
    ['socks5://[::1]:1080', { host: '::1', port: 1080, login: null }],
    ['socks5://me:secret@10.0.0.1:1', { host: '10.0.0.1', port: 1, login: { user: 'me', password: 'secret' } }],
    ['socks5://me:@10.0.0.1:1', { host: '10.0.0.1', port: 1, login: { user: 'me', password: '' } }],
    ['socks5://u%3A:p%40%2F%C3%B6@h:65535', { host: 'h', port: 65_535, login: { user: 'u:', password: 'p@/ö' } }],
  ])('reads %s', (text, address) => {
    expect(parseProxyUrl(text)).toEqual(address);
  });

  it.each([
    '', 'socks5://', '127.0.0.1:1080', 'http://127.0.0.1:1080', 'socks4://h:1', 'socks5h://h:1', 'socks5://h', 'socks5://h:0', 'socks5://h:65536', 'socks5://h:1/path',
    'socks5://h:1?x', 'socks5://me@h:1', 'socks5://:secret@h:1', 'socks5://a:b:c@h:1', 'socks5://me:%@h:1', 'socks5://me:%ff@h:1', ' socks5://h:1', 'socks5://h:1\n', 'socks5://h h:1',
    `socks5://me:${'x'.repeat(256)}@h:1`, `socks5://me:${'%C3%B6'.repeat(128)}@h:1`,
  ])('refuses %j', (text) => {
    expect(parseProxyUrl(text)).toBeNull();
  });

  it('reads back any login (property)', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 60 }), fc.string({ maxLength: 60 }), (user, password) => {
        expect(parseProxyUrl(`socks5://${encodeURIComponent(user)}:${encodeURIComponent(password)}@h:1`)?.login).toEqual({ user, password });
      }),
    );
  });

  it('is what the settings take', () => {
    expect(settingsSchema.parse({}).smtp.proxy).toBe('');
    expect(settingsSchema.parse({ smtp: { proxy: 'socks5://h:1' } }).smtp.proxy).toBe('socks5://h:1');
    expect(settingsSchema.safeParse({ smtp: { proxy: 'http://h:1' } }).success).toBe(false);
  });
});
