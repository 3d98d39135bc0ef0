// The text of an address cell without what is invisible at its ends: blanks of any kind, NBSP, BOM, zero-width marks.
// Line ends and other controls stay, at the ends too: an address that came with one is not sent anywhere
// (faults row 71), and the parser says `syntax_bad_character`. Linear in the length of the cell.

/** TAB, the space separators (Unicode Zs), zero-width marks and the BOM. All lie in the basic plane. */
const INVISIBLE = new Set([
  0x09, 0x20, 0xa0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a,
  0x200b, 0x200c, 0x200d, 0x202f, 0x205f, 0x2060, 0x3000, 0xfeff,
]);

export function cleanCell(cell: string): string {
  let start = 0;
  let end = cell.length;
  while (start < end && INVISIBLE.has(cell.charCodeAt(start))) start++;
  while (end > start && INVISIBLE.has(cell.charCodeAt(end - 1))) end--;
  return start === 0 && end === cell.length ? cell : cell.slice(start, end);
}
