// One JSON record as cells. Texts as they are, numbers as they stand in the file (a number of twenty digits keeps them
// all), true and false as words, null as nothing, whatever is nested as JSON text.
// Keys are data: `__proto__` is a column like any other.

export type JsonRecord =
  | { readonly kind: 'object'; readonly cells: ReadonlyMap<string, string> }
  | { readonly kind: 'array'; readonly cells: readonly string[] };

/** Numbers that would not come back as they are written: long ones, and forms such as 1e3 and 1.50. */
const DELICATE = /\d{16}|\d[eE]|\.\d*0(?!\d)|-0/;

/** Null: it is no JSON. A lone text or number is an array of one. */
export function jsonRecord(text: string): JsonRecord | null {
  const value = parsed(text);
  if (value === undefined) return null;
  if (Array.isArray(value)) return { kind: 'array', cells: value.map(cellOf) };
  if (typeof value === 'object' && value !== null) {
    return { kind: 'object', cells: new Map(Object.entries(value).map(([key, one]) => [key, cellOf(one)])) };
  }
  return { kind: 'array', cells: [cellOf(value)] };
}

export function cellsAsJson(cells: ReadonlyMap<string, string>): string {
  // Not fromEntries: it would lose `__proto__`.
  return `{${[...cells].map(([key, cell]) => `${JSON.stringify(key)}:${JSON.stringify(cell)}`).join(',')}}`;
}

class NumberText {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  /** Within a nested value; the digits cannot be kept there by JSON.stringify, a text can. */
  toJSON(): unknown {
    const value = Number(this.text);
    return String(value) === this.text ? value : this.text;
  }
}

function parsed(text: string): unknown {
  try {
    if (!DELICATE.test(text)) return JSON.parse(text) as unknown;
    const reviver = (_key: string, value: unknown, context?: { readonly source?: string }): unknown =>
      typeof value === 'number' && context?.source !== undefined ? new NumberText(context.source) : value;
    return JSON.parse(text, reviver) as unknown;
  } catch {
    return undefined;
  }
}

function cellOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  if (value instanceof NumberText) return value.text;
  return JSON.stringify(value);
}
