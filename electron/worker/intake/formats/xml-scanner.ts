// XML as a stream of tags and text, however its chunks are cut. Only what Office files need: no validation, no namespaces
// (prefixes are taken off), and never a DTD: a document with a DOCTYPE is refused, so there are no entities but the five
// of XML itself, neither external ones nor ones that grow. Bounded: a tag or text run over `MAX_TOKEN` is refused.

export interface XmlHandler {
  /** `attributes`: as they stand, see `attributeOf`. An empty element opens and closes. */
  open(name: string, attributes: string): void;
  close(name: string): void;
  /** Entities resolved. One text may come in several pieces. */
  text(text: string): void;
}

/** Why a document is refused, in words that go on after its name. */
export class XmlRefused extends Error {}

const MAX_TOKEN = 4 * 1_048_576;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export class XmlScanner {
  readonly #handler: XmlHandler;
  #rest = '';

  constructor(handler: XmlHandler) {
    this.#handler = handler;
  }

  /** Throws XmlRefused. */
  push(chunk: string): void {
    const text = this.#rest === '' ? chunk : this.#rest + chunk;
    let at = 0;
    for (;;) {
      const open = text.indexOf('<', at);
      // Text without a tag behind it may be cut within an entity: it waits.
      if (open < 0) break;
      if (open > at) this.#text(text.slice(at, open));
      const next = this.#markup(text, open);
      at = next < 0 ? open : next;
      if (next < 0) break;
    }
    this.#rest = at === 0 ? text : text.slice(at);
    if (this.#rest.length > MAX_TOKEN) throw new XmlRefused('holds a piece of markup or text without an end');
  }

  /** Throws XmlRefused. */
  end(): void {
    if (this.#rest.trim() !== '') throw new XmlRefused('breaks off in the middle');
  }

  /** What follows the markup at `at`, or -1 if it is not all there. */
  #markup(text: string, at: number): number {
    const code = text.charCodeAt(at + 1);
    if (code === 0x21 /* ! */) return this.#declaration(text, at);
    if (code === 0x3f /* ? */) return after(text, '?>', at + 2);
    const end = text.indexOf('>', at + 1);
    if (end < 0) return -1;
    if (code !== 0x2f /* / */) return this.#tag(text, at + 1, end);
    this.#handler.close(localName(text, at + 2, end));
    return end + 1;
  }

  /** What follows the tag, or -1 if it is not all there. */
  #tag(text: string, from: number, firstEnd: number): number {
    let end = firstEnd;
    // A greater-than sign may stand in an attribute (XML 2.4).
    while (!endsPlainly(text, from, end) && inQuotes(text, from, end)) {
      end = text.indexOf('>', end + 1);
      if (end < 0) return -1;
    }
    const empty = text.charCodeAt(end - 1) === 0x2f;
    const last = empty ? end - 1 : end;
    let nameEnd = from;
    while (nameEnd < last && text.charCodeAt(nameEnd) > 0x20) nameEnd++;
    const name = localName(text, from, nameEnd);
    this.#handler.open(name, nameEnd === last ? '' : text.slice(nameEnd, last));
    if (empty) this.#handler.close(name);
    return end + 1;
  }

  #declaration(text: string, at: number): number {
    if (text.startsWith('<!--', at)) return after(text, '-->', at + 4);
    if (text.startsWith('<![CDATA[', at)) {
      const end = text.indexOf(']]>', at + 9);
      if (end < 0) return -1;
      if (end > at + 9) this.#handler.text(text.slice(at + 9, end));
      return end + 3;
    }
    if (text.length - at < 9) return -1;
    throw new XmlRefused('holds a document type declaration (external or growing entities), which no spreadsheet needs');
  }

  #text(text: string): void {
    this.#handler.text(decodeEntities(text));
  }
}

/** Value of the attribute `name` (with its prefix, if `name` has one), entities resolved, or undefined. */
export function attributeOf(attributes: string, name: string): string | undefined {
  let from = 0;
  for (;;) {
    const at = attributes.indexOf(name, from);
    if (at < 0) return undefined;
    from = at + name.length;
    const before = attributes.charCodeAt(at - 1);
    if (!(before <= 0x20 || (before === 0x3a && !name.includes(':')))) continue;
    let place = from;
    while (attributes.charCodeAt(place) <= 0x20) place++;
    if (attributes.charCodeAt(place) !== 0x3d) continue;
    place++;
    while (attributes.charCodeAt(place) <= 0x20) place++;
    const quote = attributes.charAt(place);
    if (quote !== '"' && quote !== "'") continue;
    const end = attributes.indexOf(quote, place + 1);
    return end < 0 ? undefined : decodeEntities(attributes.slice(place + 1, end));
  }
}

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w{1,8}));/gi, (whole, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
    if (name !== undefined) return Object.hasOwn(ENTITIES, name) ? (ENTITIES[name] ?? whole) : whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0x10ffff ? whole : String.fromCodePoint(code);
  });
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? -1 : at + mark.length;
}

function localName(text: string, from: number, to: number): string {
  let end = to;
  while (end > from && text.charCodeAt(end - 1) <= 0x20) end--;
  const name = text.slice(from, end);
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** Most tags: no attribute, or the last one closed by a double quote just before, and no other quotes to mistake it for. */
function endsPlainly(text: string, from: number, end: number): boolean {
  const tag = text.slice(from, end);
  if (!tag.includes('"')) return !tag.includes("'");
  const last = tag.charCodeAt(tag.length - 1) === 0x2f ? tag.length - 2 : tag.length - 1;
  return tag.charCodeAt(last) === 0x22 && tag.charCodeAt(last - 1) !== 0x3d && !tag.includes("'");
}

/** Whether the place `to` lies within the quotes of an attribute that opens at or after `from`. */
function inQuotes(text: string, from: number, to: number): boolean {
  let at = from;
  while (at < to) {
    const code = text.charCodeAt(at);
    at++;
    if (code !== 0x22 && code !== 0x27) continue;
    const close = text.indexOf(code === 0x22 ? '"' : "'", at);
    if (close < 0 || close > to) return true;
    at = close + 1;
  }
  return false;
}
