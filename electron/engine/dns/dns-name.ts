// Names as they stand in DNS questions and answers: compared without regard to case and without the trailing dot.
// A name that is not made of letters, digits, hyphens and underscores is never asked for.

const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;
const LONGEST_NAME = 253;

/** Lower-case and without the trailing dot; the root is ''. */
export function canonicalName(name: string): string {
  const lower = name.toLowerCase();
  return lower.endsWith('.') ? lower.slice(0, -1) : lower;
}

/** Whether a canonical name may be asked for (RFC 1035 2.3.4; underscores are seen in MX hosts and do resolve). */
export function isHostName(name: string): boolean {
  return name.length > 0 && name.length <= LONGEST_NAME && name.split('.').every((label) => LABEL.test(label));
}
