// Reading and replacing the settings, and the window for them.
import type { MetricsSwitch } from '../../metrics-switch.ts';
import type { SettingsStore } from '../../settings-store.ts';
import type { Handlers } from '../dispatch.ts';

export interface SettingsHandlerOptions {
  readonly store: Pick<SettingsStore, 'state' | 'save'>;
  readonly metrics: Pick<MetricsSwitch, 'apply'>;
  readonly openPreferences: () => void;
}

export function settingsHandlers({ store, metrics, openPreferences }: SettingsHandlerOptions): Pick<Handlers, 'settings.get' | 'settings.set' | 'preferences.open'> {
  return {
    'settings.get': () => store.state,
    'settings.set': async (settings) => {
      const before = store.state.settings.metrics;
      const changed = settings.metrics.enabled !== before.enabled || settings.metrics.port !== before.port;
      // First, so that a port that cannot be had is told at once and never saved.
      if (changed) await metrics.apply(settings.metrics);
      try {
        return await store.save(settings);
      } catch (error) {
        if (changed) await metrics.apply(before);
        throw error;
      }
    },
    'preferences.open': () => {
      openPreferences();
      return undefined;
    },
  };
}
