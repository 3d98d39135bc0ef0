// What a server offers in its EHLO reply (RFC 5321 4.1.1.1), as far as the probe uses it.
import type { RawReply } from './raw-reply.ts';

export interface Capabilities {
  /** RFC 2920. Never pipelined without it: OpenSMTPD answers 500 and drops. */
  readonly pipelining: boolean;
  /** RFC 6531. */
  readonly smtputf8: boolean;
}

/** What a server that only knows HELO offers. */
export const NO_CAPABILITIES: Capabilities = { pipelining: false, smtputf8: false };

export function readCapabilities(ehlo: RawReply): Capabilities {
  // The first line is the greeting and domain, not a keyword.
  const keywords = new Set(ehlo.lines.slice(1).map((line) => line.trim().split(/[ \t]/, 1)[0]?.toUpperCase()));
  return { pipelining: keywords.has('PIPELINING'), smtputf8: keywords.has('SMTPUTF8') };
}

/** As nodemailer decides whether it sends STARTTLS; the two must never differ (contract test). */
export function offersStartTls(ehlo: RawReply): boolean {
  return ehlo.lines.some((line) => /[ -]STARTTLS\b/i.test(` ${line}`));
}
