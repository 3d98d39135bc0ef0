// Every pattern of the classifier is matched in time linear in the text: no unbounded quantifier over anything that is
// itself quantified or a choice, no repeated group whose separator may be left out, and every gap bounded. The patterns' own sources are read, so no clock is needed.
import { describe, expect, it } from 'vitest';
import { PROVIDER_RULES } from '../../../electron/engine/classify/provider-rules.ts';
import { ECHO_PATTERNS, tellingText, withoutAddresses } from '../../../electron/engine/classify/telling-text.ts';
import { OTHER_LANGUAGES } from '../../../electron/engine/classify/words-of-languages.ts';
import { WORDS_ABOUT_RECIPIENT, WORDS_FOR_BUSY_RECIPIENT } from '../../../electron/engine/classify/words-about-recipient.ts';
import { VAGUE_REFUSAL, WORDS_ABOUT_SERVER } from '../../../electron/engine/classify/words-about-server.ts';
import { WORDS_ABOUT_US } from '../../../electron/engine/classify/words-about-us.ts';

const RULES = [...WORDS_ABOUT_US, ...WORDS_ABOUT_RECIPIENT, ...WORDS_FOR_BUSY_RECIPIENT, ...WORDS_ABOUT_SERVER];
const PATTERNS: readonly RegExp[] = [
  ...RULES.flatMap(({ when, unless }) => (unless === undefined ? [when] : [when, unless])),
  ...PROVIDER_RULES.map(({ when }) => when),
  ...Object.values(OTHER_LANGUAGES),
  VAGUE_REFUSAL,
  ...ECHO_PATTERNS,
];

/** An unbounded quantifier on a group that holds a quantifier, and two unbounded ones of "anything" in one pattern. */
function faultOf(source: string): string | null {
  const plain = source.replaceAll(/\\./g, 'x').replaceAll(/\[[^\]]*\]/g, 'x');
  // `(?:\S+ ?){1,4}`: n words of a text without spaces can be parted in n³ ways.
  const loose = /[*+].\?\)\{\d*,\d+\}|\((?:\?:)?.[*+]\)\{\d*,\d+\}/.exec(plain);
  if (loose !== null) return loose[0];
  const opened: { quantified: boolean }[] = [];
  for (let at = 0; at < plain.length; at += 1) {
    const char = plain.charAt(at);
    const unbounded = /^(?:[*+]|\{\d+,\})/.test(plain.slice(at + 1));
    if (char === '(') opened.push({ quantified: false });
    if (char === ')') {
      const group = opened.pop();
      if (group?.quantified === true && unbounded) return plain.slice(Math.max(0, at - 40), at + 3);
      const outer = opened.at(-1);
      if (outer !== undefined && (group?.quantified === true || unbounded)) outer.quantified = true;
      continue;
    }
    const outer = opened.at(-1);
    if (unbounded && outer !== undefined) outer.quantified = true;
  }
  return [...plain.matchAll(/\.[*+]/g)].length > 1 && !plain.startsWith('^') ? 'more than one .*' : null;
}

describe('patterns', () => {
  it('the check itself finds what it is for', () => {
    expect(faultOf('(?:a+)+b')).not.toBeNull();
    expect(faultOf('(?:x|(?:a*)b)*')).not.toBeNull();
    expect(faultOf('host (?:x+ ?){1,4}said')).not.toBeNull();
    expect(faultOf('(?:a+b)?c')).toBeNull();
    expect(faultOf('(?:ab){0,3}c+')).toBeNull();
  });

  it('have no nested unbounded quantifier', () => {
    expect(PATTERNS.length).toBeGreaterThan(80);
    expect(PATTERNS.map(({ source }) => faultOf(source)).filter((fault) => fault !== null)).toEqual([]);
  });

  it('are stateless: none is global or sticky', () => {
    // Those that only replace are global, which `replaceAll` asks for and resets.
    expect(PATTERNS.filter((pattern) => pattern.sticky || (pattern.global && !ECHO_PATTERNS.includes(pattern)))).toEqual([]);
  });

  it('see a bounded part of any text: its first 1,024 characters and its last 256, also where NFKC makes 18 of one', () => {
    for (const unit of ['word ', 'ﷺ', '地址', 'e\u0301', 'a@example.com ', '<', 'x.y.', 'ﷺ word ']) {
      expect(tellingText(withoutAddresses(unit.repeat(65_536 / unit.length))).length).toBeLessThan(3 * 1280);
    }
  });
});
