// Reading and replacing the settings, and the window for them.
import type { SettingsStore } from '../../settings-store.ts';
import type { Handlers } from '../dispatch.ts';

export function settingsHandlers(store: SettingsStore, openPreferences: () => void): Pick<Handlers, 'settings.get' | 'settings.set' | 'preferences.open'> {
  return {
    'settings.get': () => store.state,
    'settings.set': (settings) => store.save(settings),
    'preferences.open': () => {
      openPreferences();
      return undefined;
    },
  };
}
