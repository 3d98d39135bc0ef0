// Text as HTML, in an element or in an attribute within quotes. Control characters and what turns the direction of text
// (Trojan Source) are shown as a box: a name of a file may hold anything.

const SPECIAL: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const UNSEEN = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\uFFFE\uFFFF]/g;

export function escapeHtml(text: string): string {
  return text.replaceAll(UNSEEN, '\uFFFD').replaceAll(/[&<>"']/g, (character) => SPECIAL[character] ?? '');
}
