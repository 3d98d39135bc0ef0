// Reading and replacing the settings.
import type { SettingsStore } from '../../settings-store.ts';
import type { Handlers } from '../dispatch.ts';

export function settingsHandlers(store: SettingsStore): Pick<Handlers, 'settings.get' | 'settings.set'> {
  return {
    'settings.get': () => store.state,
    'settings.set': (settings) => store.save(settings),
  };
}
