// The monitor window in English: a name and a line of help for each figure, and its unit.

export const enMonitor = {
  title: 'Monitor',
  idle: 'Nothing is asked just now. Figures move while a list is verified.',
  lastMinutes: 'Rates and times are those of the last 10 seconds, lines those of the last minutes.',
  /** For screen readers, in the place of a drawn line. */
  range: (lowest: string, highest: string) => `between ${lowest} and ${highest}`,
  noValue: '–',
  upTo: (highest: string) => `up to ${highest}`,
  perSecond: (value: string) => `${value} /s`,
  ms: (value: string) => `${value} ms`,
  figures: {
    verdictsPerSec: { label: 'Verdicts', help: 'on disk' },
    recipientsPerSec: { label: 'Recipients asked', help: 'random ones included' },
    connections: { label: 'Connections', help: 'open to mail servers' },
    targets: { label: 'Mail servers', help: 'asked lately, by IP address' },
    lookupsPerSec: { label: 'Look-ups', help: 'of domains' },
    dnsHitShare: { label: 'DNS from memory', help: 'share of the questions' },
    flightMs: { label: 'Answer time', help: 'median of a flight' },
    scheduled: { label: 'Asked again later', help: 'addresses of all lists' },
    failuresPerSec: { label: 'Failed connections', help: 'not greeted' },
    loopMs: { label: 'Event-loop delay', help: '99 of 100 are shorter' },
    memoryBytes: { label: 'Memory', help: 'of the main process' },
    commitMs: { label: 'Writing to disk', help: 'median of a portion' },
  },
} as const;
