// What the list page says of destinations that nothing is asked of just now, in English: who refuses what, until when,
// and what to do about it. Always about this machine and the way, never about an address.
import type { HelpLink } from './help-links.ts';

/** `1 address waits`, `2 addresses wait`: the number comes as text, written out, and as itself. */
type Counted = (count: number, shown: string) => string;

interface Advice {
  readonly text: string;
  /** The page that the text names; null where there is none. */
  readonly link: HelpLink | null;
}

const advice = (text: string, link: HelpLink | null = null): Advice => ({ text, link });

const waits: Counted = (count, shown) => (count === 0 ? 'no address waits' : `${shown} ${count === 1 ? 'address waits' : 'addresses wait'}`);

export const enDestinations = {
  title: (count: number, shown: string) => (count === 1 ? '1 destination is left alone for now' : `${shown} destinations are left alone for now`),
  /** Behind the title while the panel is folded. */
  summary: (waiting: string) => `${waiting}; all others go on`,
  waits,
  more: (count: number, shown: string) => (count === 1 ? 'Another one waits too.' : `${shown} more wait too.`),
  since: (time: string) => `since ${time}`,
  until: (time: string) => `waits until ${time}, then one is tried`,
  capUntil: (time: string) => `goes on at ${time}`,
  unknownUntil: 'is tried again later',
  dueNow: 'is tried again now',
  said: 'The server said',
  whatToDo: 'What to do',
  openPage: 'Open the page',
  opensBrowser: 'opens in your browser',
  /** For screen readers, when a destination comes or goes. */
  announced: (count: number, shown: string, waiting: string) => (count === 0 ? 'All destinations are asked again.' : `${shown} ${count === 1 ? 'destination is' : 'destinations are'} left alone, ${waiting}.`),
  /** "Microsoft refuses this IP address (S3150)". */
  headline: {
    refusesIp: (name: string) => `${name} refuses this IP address`,
    needsPtr: (name: string) => `${name} wants a name in DNS for this IP address`,
    refusesHelo: (name: string) => `${name} refuses this machine’s host name`,
    refusesSender: (name: string) => `${name} refuses the sender address`,
    refusesPolicy: (name: string) => `${name} refuses this machine by a rule of its own`,
    demandsTls: (name: string) => `${name} demands encryption`,
    throttles: (name: string) => `${name} was asked too often`,
    greylists: (name: string) => `${name} wants everybody to come back later`,
    unreached: (name: string) => `${name} could not be reached`,
    silent: (name: string) => `${name} does not answer in time`,
    troubled: (name: string) => `${name} has trouble of its own`,
    capped: (name: string) => `${name}: your limit for today is reached`,
    other: (name: string) => `${name} is left alone for a while`,
    withCode: (headline: string, code: string) => `${headline} (${code})`,
  },
  advice: {
    outlook: advice(
      'Outlook.com keeps a block list of its own. Ask for removal with Microsoft’s support form for Outlook.com, with your IP address; it usually takes a day or two. Networks of homes and clouds stay blocked: verify from an IP address with a good name.',
      'outlookSupport',
    ),
    microsoft365: advice('Ask for removal in Microsoft’s delist portal with your IP address. It takes effect within a day or two.', 'microsoftDelist'),
    google: advice('Google judges by the name that an IP address has made for itself. Compare your machine with Google’s rules for senders: reverse DNS first of all. Then ask more slowly.', 'googleSenders'),
    yahoo: advice('See Yahoo’s page for senders for the code in its answer. Most of these blocks end by themselves when it is quiet for some hours.', 'yahooSenders'),
    icloud: advice('Write to Apple’s postmaster; the page says how, and what they want to know.', 'icloudPostmaster'),
    gmx: advice('The postmaster page of GMX, web.de and mail.com explains each of its answers, and has a form for removal.', 'gmxPostmaster'),
    telekom: advice('Telekom takes mail only from hosts that it knows. Its postmaster page says how to make yours known.', 'telekomPostmaster'),
    comcast: advice('Comcast’s postmaster page explains the code in its answer, and has a form for removal.', 'comcastPostmaster'),
    spamhaus: advice('Look your IP address up at Spamhaus. It says which list it is on and how it gets off; networks of homes and clouds are on the PBL by rule, and are best not used for this.', 'spamhausCheck'),
    barracuda: advice('Ask Barracuda to remove your IP address from its list; it answers within half a day.', 'barracudaRemoval'),
    spamcop: advice('Look your IP address up at SpamCop. Entries end by themselves after a day without new reports.', 'spamcopCheck'),
    proofpoint: advice('Look your IP address up at Proofpoint, and ask for removal there.', 'proofpointCheck'),
    cisco: advice('Look your IP address up at Cisco Talos. With a poor reputation it is refused wherever Cisco filters.', 'ciscoTalos'),
    blocked: advice('Read the answer below: it often names the list or a page. Verify from an IP address with a good name, or go on later.'),
    ptr: advice('Ask the provider of your network for a reverse DNS (PTR) record, and set the same name under Preferences, Identity.'),
    helo: advice('Set the full name of this machine under Preferences, Identity: the one that reverse DNS tells.'),
    sender: advice('Set a sender address at a domain of yours under Preferences, Identity.'),
    policy: advice('Nothing can be done at once. Ask the owner of the server, or verify from another network.'),
    tls: advice('Set TLS to “wherever it is offered” under Preferences, Connections.'),
    throttled: advice('Nothing: it is asked again by itself, more slowly. Where it comes back each time, add a rule for this server with a lower number of recipients a minute, under Preferences.'),
    patience: advice('Nothing: it is asked again by itself.'),
    unreached: advice('Nothing, if it is the only one. If all are, check that port 25 is open in your network.'),
    cap: advice('It goes on by itself tomorrow. The limit stands in your rule for this server, under Preferences.'),
  },
} as const;
