// Seeded texts for the parser: valid addresses, valid ones with a few changes, and hostile characters. The same seed gives
// the same texts everywhere, so that a text that broke something can be made again by its number.

const LOCALS = ['ann', 'john.doe', 'a+b', "o'hara", 'x_y-z', 'ü', '李雷', '"a b"', '"\\"@"', 'bu\u0308cher', 'a'.repeat(64), '1'];
const DOMAINS = ['example.com', 'gmail.com', 'a.b.c.de', 'bücher.de', 'xn--bcher-kva.de', '例え。jp', 'EXAMPLE.Org', 'faß.de', 'x-y.co.uk', 'a.test', `${'b'.repeat(63)}.com`, 'نامه\u200cای.com'];
const ODD = [
  '@', '.', '..', '-', '--', '"', '\\', ' ', '\t', '\r\n', '\0', '\u007f', '\u0085', '\u00a0', '\u00ad', '\u200b', '\u200c', '\u200d', '\u200e', '\u202e', '\u2066',
  '\u2028', '\u3000', '\u3002', '\uff0e', '\uff20', '\uff41', '\ufeff', '\uffff', '\ud800', '\udc00', '\u{1f600}', '\u{e0041}', '\u0301', '\u0345', '\u1100', '\u1161', '\u212a', '\u0130',
  '\u017f', '\u03c2', 'ß', 'İ', '\u2026', '\u2488', '<', '>', '(', ')', '[', ']', ':', ';', ',', 'xn--', 'xn--a', '.con', '%', '\u05d0', '\u0660', '\u0915\u094d\u200d',
];

/** Seeded [0, 1) (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function* fuzzAddresses(count: number, seed: number): Generator<string, void, undefined> {
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = (items: readonly string[]): string => items[below(items.length)] ?? '';
  const valid = (): string => `${pick(LOCALS)}@${pick(DOMAINS)}`;
  for (let made = 0; made < count; made += 1) {
    const kind = below(4);
    if (kind === 0) {
      yield valid();
    } else if (kind === 1) {
      let text = valid();
      for (let change = below(3) + 1; change > 0; change -= 1) {
        const at = below(text.length + 1);
        text = text.slice(0, at) + (random() < 0.7 ? pick(ODD) : '') + text.slice(at + below(3));
      }
      yield text;
    } else if (kind === 2) {
      yield Array.from({ length: below(12) }, () => (random() < 0.5 ? pick(ODD) : random() < 0.5 ? pick(DOMAINS) : pick(LOCALS))).join('');
    } else {
      yield String.fromCharCode(...Array.from({ length: below(20) }, () => (random() < 0.7 ? below(128) : below(65_536)))) + (random() < 0.5 ? `@${pick(DOMAINS)}` : '');
    }
  }
}
