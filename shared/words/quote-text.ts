// Text of strangers (replies, addresses, host names) made safe to stand inside a sentence of ours: it cannot end its own
// quotation marks, turn the direction of writing, hide characters or push the rest out of sight.
// Always holds: one line, no invisible characters, at most `max` characters. What is shown elsewhere in full is not lost.

/** Controls, bidirectional marks, zero-width characters, line and paragraph separators, tags. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu;

/** `max`: at least 2. Invisible characters are shown as `\u{202E}`; curly double quotes become straight ones. */
export function quoteText(text: string, max = 300): string {
  // Only so much is looked at: a reply may be 64 KiB.
  const safe = text
    .slice(0, max * 4)
    .replaceAll(/[“”„‟]/gu, '"')
    .replaceAll(INVISIBLE, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`)
    .trim();
  const characters = Array.from(safe);
  return characters.length <= max && text.length <= max * 4 ? safe : `${characters.slice(0, max - 1).join('')}…`;
}
