// What is said of jobs, in English: the queue, the estimate before a start, verifying again, and the notice at the end.
// Notices may be shown on a locked screen: they name no address, and nothing of a list but its name.

const count = (n: number, shown: string, one: string, many: string): string => `${shown} ${n === 1 ? one : many}`;

export const enJobs = {
  queue: {
    title: 'Queue',
    hint: 'One list is asked about at a time. Drag a waiting list, or use the arrows, to change the order.',
    now: 'now',
    place: (place: string) => `${place}.`,
    up: (name: string) => `Move ${name} up`,
    down: (name: string) => `Move ${name} down`,
    moved: (name: string, place: string) => `${name} is number ${place} in the queue now.`,
    itemHint: 'Alt and the arrow keys move it.',
  },
  estimate: {
    open: 'Estimate…',
    title: (name: string) => `Estimate for “${name}”`,
    titleAgain: (name: string) => `Verify “${name}” again`,
    working: 'Looking up the commonest domains. Only DNS is asked, no mail server.',
    addresses: (n: number, shown: string) => count(n, shown, 'address', 'addresses'),
    inDomains: (n: number, shown: string) => `in ${count(n, shown, 'domain', 'domains')}`,
    nothing: 'No address would be asked about.',
    time: 'Time',
    between: (least: string, most: string) => `${least} to ${most}`,
    same: (time: string) => time,
    servers: 'Who serves them',
    others: 'Other mail servers',
    noMail: 'Domains that take no mail',
    unseen: 'Not looked up',
    basis: (domains: string, share: string) =>
      `Rests on a DNS look-up of the ${domains} commonest domains, which have ${share} of the addresses. How fast a server answers is not known before it is asked, so this is a range and no promise: its short end has every server answer at once, its long end has slow servers and greylisting.`,
    basisNone: 'No domain could be looked up just now, so this rests on numbers alone and is rough.',
    limits: 'Your own limits (connections, recipients a minute) are reckoned in. A daily limit of a rule is not.',
    start: 'Start',
    startAgain: 'Verify again',
  },
  again: {
    open: 'Verify again…',
    openSelected: 'Verify selection again…',
    which: 'Which addresses',
    all: 'All that have a verdict',
    unknown: 'Those that are unknown',
    older: 'Those checked longer ago than',
    days: 'days',
    selected: (n: number | null, shown: string) => (n === null ? 'Those that are selected' : `Those that are selected (${shown})`),
    stays: 'Each address keeps its verdict until there is a new one. Where nothing certain is heard this time, a certain verdict stays. Addresses that cannot exist are not asked again.',
    estimate: 'Estimate',
    count: (n: number, shown: string) => `${count(n, shown, 'address', 'addresses')} would be asked about again.`,
  },
  notice: {
    done: (name: string) => `${name} is verified`,
    doneText: (deliverable: string, undeliverable: string, others: string) => `${deliverable} deliverable, ${undeliverable} undeliverable, ${others} risky or unknown.`,
    failed: (name: string) => `${name} was stopped`,
    failedText: 'The window tells why. Everything verified so far is kept.',
    /** Where the list's name could be an address. */
    aList: 'A list',
  },
} as const;
