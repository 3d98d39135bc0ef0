// The addresses outside that a page or the menu may open, in the user's own browser. Whole addresses, not hosts:
// an address with a query could carry a piece of a list out.
import { HELP_LINKS } from '../../shared/words/help-links.ts';

export const SMTP_STANDARD_URL = 'https://www.rfc-editor.org/rfc/rfc5321.html';

const EXTERNAL_LINKS: ReadonlySet<string> = new Set([SMTP_STANDARD_URL, ...Object.values(HELP_LINKS)]);

export function isExternalLink(url: string): boolean {
  return EXTERNAL_LINKS.has(url);
}
