// Relays: services that pass mail on from an alias to somebody's own mailbox (Apple's Hide My Email, Firefox Relay …).
// A person reads what is sent there, for as long as they keep the alias, so a relay is never called disposable, though
// lists of disposable domains name many of them. It is no flag either: nothing is wrong with such an address.
// Sources: each service's own documentation of the domains under which it gives aliases.

const BY_SERVICE: Readonly<Record<string, string>> = {
  apple: 'privaterelay.appleid.com',
  firefoxRelay: 'mozmail.com relay.firefox.com',
  duckDuckGo: 'duck.com',
  simpleLogin: `simplelogin.com simplelogin.co simplelogin.io simplelogin.fr slmail.me slmails.com aleeas.com 8alias.com
    8shield.net dralias.com silomails.com`,
  protonPass: 'passmail.net passmail.com passinbox.com passfwd.com',
  addy: 'addy.io addymail.com anonaddy.com anonaddy.me',
  mySudo: `sudomail.com sudomail.net sudomail.biz sudolife.me sudolife.net sudoverse.com sudoverse.net sudoweb.net
    sudoworld.com sudoworld.net`,
  ironVest: 'opayq.com',
  cloaked: 'cloaked.id',
  erine: 'erine.email',
  thirtyThreeMail: '33mail.com',
  sneakemail: 'sneakemail.com snkmail.com',
  manyMe: 'manyme.com',
  leeMail: 'leemail.me',
};

let relays: ReadonlySet<string> | null = null;

/** True for a relay's domain and any name below one. `domain` is in lower-case A-labels. */
export function isRelayDomain(domain: string): boolean {
  relays ??= new Set(Object.values(BY_SERVICE).flatMap((names) => names.split(/\s+/)));
  for (let name = domain; name.includes('.'); name = name.slice(name.indexOf('.') + 1)) {
    if (relays.has(name)) return true;
  }
  return false;
}
