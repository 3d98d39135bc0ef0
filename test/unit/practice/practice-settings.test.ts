import { describe, expect, it } from 'vitest';
import { practiceSettings } from '../../../electron/practice/practice-settings.ts';
import { DEFAULT_SETTINGS, settingsSchema } from '../../../shared/settings/schema.ts';

describe('the settings of a practice run', () => {
  it('need no set-up: the identity is the practice world’s as long as the user has none', () => {
    expect(practiceSettings(DEFAULT_SETTINGS, { smtpPort: 2_525 })).toMatchObject({
      identity: { heloName: 'practice.winnow.test', mailFrom: 'practice@winnow.test' },
      smtp: { port: 2_525, ipv6: false },
    });
  });

  it('are the user’s own where there are any', () => {
    const settings = settingsSchema.parse({ identity: { heloName: 'mail.example.com', mailFrom: 'verify@example.com' } });
    expect(practiceSettings(settings, { smtpPort: 2_525 }).identity).toEqual(settings.identity);
  });

  it('stays on this machine, whatever the way out of it', () => {
    const smtp = { ...DEFAULT_SETTINGS.smtp, proxy: 'socks5://198.51.100.1:1080', localAddress: '192.0.2.1', localAddressIpv6: '2001:db8::1' };
    expect(practiceSettings({ ...DEFAULT_SETTINGS, smtp }, { smtpPort: 2_525 }).smtp).toMatchObject({ proxy: '', localAddress: '', localAddressIpv6: '' });
  });

  it('wait a hundredth of the time', () => {
    expect(practiceSettings(DEFAULT_SETTINGS, { smtpPort: 2_525 }).retry).toMatchObject({ greylistFirstMs: 3_000, maxRetries: 3 });
  });
});
