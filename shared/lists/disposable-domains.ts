// Disposable (throw-away) mailbox domains: the package `disposable-email-domains-js` (CC0) minus an allow list.
// The allow list holds real providers that such lists have wrongly named before: a mistake there would call every
// customer of that provider risky. Built at first use; a look-up costs a few set probes.
import { disposableEmailBlocklist } from 'disposable-email-domains-js';

/** Providers and alias services that are somebody's real mailbox. */
const NEVER_DISPOSABLE: ReadonlySet<string> = new Set([
  'zoho.com',
  'hushmail.com',
  'duck.com',
  '163.com',
  '126.com',
  'mozmail.com',
  'simplelogin.com',
  'anonaddy.com',
  'addy.io',
  'privaterelay.appleid.com',
  'fastmail.com',
  'mail.com',
  'email.com',
]);

let blocked: ReadonlySet<string> | null = null;

/** True for a disposable domain and any name below one. `domain` is in lower-case A-labels. */
export function isDisposableDomain(domain: string): boolean {
  blocked ??= new Set(disposableEmailBlocklist().filter((name) => !NEVER_DISPOSABLE.has(name)));
  // mailinator.com serves every name below it too, so parents are asked as well, the top-level domain not.
  for (let name = domain; name.includes('.'); name = name.slice(name.indexOf('.') + 1)) {
    if (NEVER_DISPOSABLE.has(name)) return false;
    if (blocked.has(name)) return true;
  }
  return false;
}
