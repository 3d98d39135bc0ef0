// Names as they stand in DNS questions and answers: compared without regard to case and without the trailing dot.
// A name that is not made of letters, digits, hyphens and underscores is never asked for.

const LONGEST_NAME = 253;
const LONGEST_LABEL = 63;
const DOT = 0x2e;
const HYPHEN = 0x2d;
const UNDERSCORE = 0x5f;

/** Lower-case and without the trailing dot; the root is ''. */
export function canonicalName(name: string): string {
  const lower = name.toLowerCase();
  return lower.endsWith('.') ? lower.slice(0, -1) : lower;
}

/** Whether a canonical name may be asked for (RFC 1035 2.3.4; underscores are seen in MX hosts and do resolve). */
export function isHostName(name: string): boolean {
  if (name.length === 0 || name.length > LONGEST_NAME) return false;
  let labelStart = 0;
  for (let index = 0; index <= name.length; index += 1) {
    const code = index === name.length ? DOT : name.charCodeAt(index);
    if (code !== DOT) {
      if (!isHostCode(code)) return false;
      continue;
    }
    const length = index - labelStart;
    if (length === 0 || length > LONGEST_LABEL) return false;
    if (name.charCodeAt(labelStart) === HYPHEN || name.charCodeAt(index - 1) === HYPHEN) return false;
    labelStart = index + 1;
  }
  return true;
}

/** A lower-case letter, a digit, a hyphen or an underscore. */
export function isHostCode(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === HYPHEN || code === UNDERSCORE;
}
