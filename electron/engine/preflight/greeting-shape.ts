// Tells by greetings whether unrelated mail servers are one and the same machine: a captive portal or a proxy that
// answers port 25 for everybody (faults row 56). Shared by the preflight and the run.

/** Cisco's SMTP inspection puts stars over what a server says; the server behind it is real. */
export function isMasked(greeting: string): boolean {
  return /^\d{3}[ -][*\s02]*\*[*\s02]*$/.test(greeting);
}

/** A greeting without what changes from one connection to the next: dates, ids, counters. */
export function greetingShape(greeting: string): string {
  return greeting
    .toLowerCase()
    .replace(/\b(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b/g, '')
    .replace(/\b(?=[0-9a-f-]*\d)[0-9a-f-]{8,}\b/g, '#')
    .replace(/\d+/g, '#')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Whether a greeting names its host: "220 ESMTP" is said by many, and means nothing where two say it. */
export function namesHost(greeting: string): boolean {
  return /[a-z0-9-]+\.[a-z]{2,}/i.test(greeting.slice(4));
}
