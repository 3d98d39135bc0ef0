// The settings of a practice run: the user's own, with every wait of the schedule scaled and, as long as the user has
// said none, the identity of the practice world, so that a first run needs no set-up. Network deadlines are shortened but not scaled: loopback is fast,
// a busy machine is not.
import { DEFAULT_SETTINGS, type Settings } from '../../shared/settings/schema.ts';
import type { PracticeWorld } from './types.ts';

/** 5 minutes become 3 seconds. */
export const PRACTICE_TIME_SCALE = 0.01;

export function practiceSettings(settings: Settings, world: Pick<PracticeWorld, 'smtpPort'>): Settings {
  const scaled = (ms: number) => Math.ceil(ms * PRACTICE_TIME_SCALE);
  const { identity, retry, smtp } = settings;
  return {
    ...settings,
    identity: {
      heloName: identity.heloName === DEFAULT_SETTINGS.identity.heloName ? 'practice.winnow.test' : identity.heloName,
      mailFrom: identity.mailFrom === '' ? 'practice@winnow.test' : identity.mailFrom,
    },
    smtp: {
      ...smtp,
      port: world.smtpPort,
      ipv6: false,
      // It lives on this machine: nothing of it goes elsewhere, by a proxy or another address.
      proxy: '',
      localAddress: '',
      localAddressIpv6: '',
      connectTimeoutMs: Math.min(smtp.connectTimeoutMs, 5_000),
      greetingTimeoutMs: Math.min(smtp.greetingTimeoutMs, 10_000),
      commandTimeoutMs: Math.min(smtp.commandTimeoutMs, 20_000),
      retryBackoffMs: scaled(smtp.retryBackoffMs),
      retryBackoffMaxMs: scaled(smtp.retryBackoffMaxMs),
      breakerOpenMs: scaled(smtp.breakerOpenMs),
      breakerOpenMaxMs: scaled(smtp.breakerOpenMaxMs),
    },
    retry: {
      ...retry,
      greylistFirstMs: scaled(retry.greylistFirstMs),
      greylistNextMs: scaled(retry.greylistNextMs),
      backoffMs: scaled(retry.backoffMs),
      backoffMaxMs: scaled(retry.backoffMaxMs),
      // Shorter than its share: a block there never ends, and only the waiting for that would be shown.
      refusedPauseMs: Math.min(scaled(retry.refusedPauseMs), scaled(retry.backoffMaxMs) / 2),
    },
  };
}
