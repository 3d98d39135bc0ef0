// Addresses that are traps or sinks by their own name: mailing them proves that nobody opted in, or reaches nobody.
// Only what says so itself or is publicly documented; real spam traps look like anybody's address and are never guessed.
// Sources: M3AAWG, "Help! I Hit a Spam Trap!" (the kinds of traps) and its best practices for building one; SpamCop's
// reporting addresses; the test sinks that Amazon SES, Postmark and SparkPost document.

/** A whole word of the local part: spamtrap@, spam-trap.2@, honeypot_7@. */
const LOCAL = /(?:^|[-._+])(?:spam[-._]?traps?|spam[-._]?catch(?:er)?|honey[-._]?pots?|(?:report|submit)[-._]?spam|email[-._]?trap|trap[-._]?email)\d{0,4}(?:$|[-._+])/;

/** A label below a registrable domain: spamtrap.example.com. A company may well be called honeypot.io. */
const LABEL = /^(?:[^.]+\.)*(?:spamtraps?|spam-traps?|honeypots?)\.[^.]+\.[^.]+/;

/** Mail to a name below one ends there as well (SparkPost's sink takes any recipient's domain before its own). */
const DOMAINS = /(?:^|\.)(?:spam\.spamcop\.net|simulator\.amazonses\.com|bounce-testing\.postmarkapp\.com|sink\.sparkpostmail\.com|bouncy-sink\.trymsys\.net)$/;

/** `local` is in lower case and without quotes; its +tag may be there. */
export function isTrapLocal(local: string): boolean {
  return LOCAL.test(local);
}

/** `domain` is in lower-case A-labels. */
export function isTrapDomain(domain: string): boolean {
  return DOMAINS.test(domain) || LABEL.test(domain);
}
