// The one origin that this app's pages have. Whoever decides whether something is "ours" asks here.
// An address is compared as parsed, never by its first letters: `app://winnow.evil.example/` begins like ours.

export const APP_SCHEME = 'app';
export const APP_HOST = 'winnow';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;
export const APP_START_URL = `${APP_ORIGIN}/index.html`;
export const APP_PREFERENCES_URL = `${APP_START_URL}?view=preferences`;
export const APP_MONITOR_URL = `${APP_START_URL}?view=monitor`;

export function isAppUrl(url: string): boolean {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return false;
  }
  return (
    parsed.protocol === `${APP_SCHEME}:` &&
    parsed.host === APP_HOST && // with the port, which is therefore empty
    parsed.username === '' &&
    parsed.password === ''
  );
}
