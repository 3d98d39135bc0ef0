// A text as a JSON string of ASCII characters only: a character is an octet then, whoever counts.

/** Printable ASCII without quotation mark and backslash: what nearly every reply, name and flag is made of. */
const PLAIN = /^[ !#-[\]-~]*$/;

export function asciiJson(text: string | null): string {
  if (text === null) return 'null';
  if (PLAIN.test(text)) return `"${text}"`;
  return JSON.stringify(text).replaceAll(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
