// The one form in which a proxy is named: `socks5://[user:password@]host:port` (RFC 1928, RFC 1929), read and never guessed.
// Whoever shows or logs one shows `host:port` only.

export interface ProxyAddress {
  /** Name or IP address, without brackets. */
  readonly host: string;
  readonly port: number;
  /** Null: none is sent. */
  readonly login: { readonly user: string; readonly password: string } | null;
}

/** RFC 1929: one octet holds each length. */
const MAX_LOGIN_OCTETS = 255;

const FORM = /^socks5:\/\/(?:(?<user>[^\s:@/]+):(?<password>[^\s:@/]*)@)?(?<host>\[[0-9a-f:.]+\]|[a-z0-9.-]+):(?<port>\d{1,5})\/?$/i;

/** Null for what is no such form. User and password may hold `%XX` for characters that have a meaning in it. */
export function parseProxyUrl(text: string): ProxyAddress | null {
  const { user, password, host, port } = FORM.exec(text)?.groups ?? {};
  if (host === undefined || port === undefined || Number(port) < 1 || Number(port) > 65_535) return null;
  const name = host.replace(/^\[|\]$/g, '');
  if (user === undefined) return { host: name, port: Number(port), login: null };
  const login = { user: decoded(user), password: decoded(password ?? '') };
  if (!isLoginPart(login.user) || !isLoginPart(login.password) || login.user === '') return null;
  return { host: name, port: Number(port), login: { user: login.user ?? '', password: login.password ?? '' } };
}

function isLoginPart(part: string | null): boolean {
  // The octets of its UTF-8 form.
  return part !== null && encodeURIComponent(part).replace(/%../g, '.').length <= MAX_LOGIN_OCTETS;
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
