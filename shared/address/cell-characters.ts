// How the characters of a messy cell are read: blanks, invisible ones, separators, full-width forms. By code unit; all of
// them lie in the basic plane. Nothing here is about addresses: which characters they may hold is the parser's to say.

/** TAB, space, and the other space separators (Unicode Zs). */
export function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || isOtherSpace(code);
}

/** Unicode Zs but for the ASCII space: no-break spaces, ideographic space and the like. */
export function isOtherSpace(code: number): boolean {
  return code === 0xa0 || (code >= 0x1680 && (code === 0x1680 || (code >= 0x2000 && code <= 0x200a) || code === 0x202f || code === 0x205f || code === 0x3000));
}

/**
 * Characters without a look of their own: soft hyphen, zero-width space, direction marks and embeddings (mail programs wrap
 * addresses in them), word joiner, BOM. The overrides U+202D and U+202E are none of them: they change what is read.
 */
export function isInvisible(code: number): boolean {
  return (
    code === 0xad ||
    code === 0x200b ||
    code === 0x200e ||
    code === 0x200f ||
    (code >= 0x202a && code <= 0x202c) ||
    code === 0x2060 ||
    (code >= 0x2066 && code <= 0x2069) ||
    code === 0xfeff
  );
}

/** The two joiners: a part of some IDNs, else as invisible as the rest. */
export function isJoiner(code: number): boolean {
  return code === 0x200c || code === 0x200d;
}

/** The ASCII form of a full-width character (U+FF01-FF5E) and of the ideographic comma; else the code itself. */
export function foldedCode(code: number): number {
  if (code >= 0xff01 && code <= 0xff5e) return code - 0xfee0;
  return code === 0x3001 ? 0x2c : code;
}

/** The text with each full-width character as its ASCII form. */
export function foldFullWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e\u3001]/g, (char) => String.fromCharCode(foldedCode(char.charCodeAt(0))));
}

/** Without invisible characters, the joiners too. */
export function removeInvisible(text: string): string {
  return text.replace(/[\u00ad\u200b-\u200f\u202a-\u202c\u2060\u2066-\u2069\ufeff]/g, '');
}

/** Controls that stand in no cell of addresses: C0 but for TAB, CR and LF; DEL; C1; line and paragraph separator. */
export function hasControl(text: string): boolean {
  return /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029]/.test(text);
}
