// Between a setting and what its field holds: reading, writing and judging, all by the shared schema.
// A fault is told in words at its field; a value that the schema refuses never leaves the page.
import { settingsSchema, type Settings } from '../../../shared/settings/schema.ts';
import { formatCount } from '../../format.ts';
import { words } from '../../words.ts';
import { boundsOf, type Bounds } from './bounds-of.ts';
import type { Field, FieldPath } from './fields.ts';

export type FieldInput = string | boolean;

export type Judged = { readonly ok: true; readonly settings: Settings } | { readonly ok: false; readonly message: string };

export function valueAt(settings: Settings, path: FieldPath): unknown {
  return path.split('.').reduce<unknown>((at, key) => (at as Readonly<Record<string, unknown>>)[key], settings);
}

/** A setting as its field shows it. */
export function inputOf(settings: Settings, field: Field): FieldInput {
  const value = valueAt(settings, field.path);
  switch (field.kind) {
    case 'switch':
      return value === true;
    case 'servers':
      return (value as readonly string[]).join(', ');
    case 'number':
      return String((value as number) / field.factor);
    case 'text':
    case 'choice':
      return String(value);
  }
}

/** The settings with this field's input in its place, or why that cannot be. */
export function judge(settings: Settings, field: Field, input: FieldInput): Judged {
  const value = parsed(field, input);
  if (value === undefined) return { ok: false, message: messageFor(field) };
  const result = settingsSchema.safeParse(withValue(settings, field.path, value));
  if (result.success) return { ok: true, settings: result.data };
  return { ok: false, message: messageFor(field) };
}

function parsed(field: Field, input: FieldInput): unknown {
  if (typeof input === 'boolean') return input;
  const text = input.trim();
  switch (field.kind) {
    case 'number': {
      if (!/^-?\d+([.,]\d+)?$/.test(text)) return undefined;
      const exact = Number(text.replace(',', '.')) * field.factor;
      return field.factor === 1 ? exact : Math.round(exact);
    }
    case 'servers': {
      const servers = text.split(/[\s,;]+/).filter((server) => server !== '');
      return servers.every(looksLikeServer) ? servers : undefined;
    }
    case 'text':
      return isText(field.path, text) ? text : undefined;
    case 'choice':
    case 'switch':
      return text;
  }
}

/** What the schema cannot say of a text. */
function isText(path: FieldPath, text: string): boolean {
  if (text === '') return true;
  if (path === 'smtp.localAddress') return isAddress(text);
  return path !== 'smtp.localAddressIpv6' || (isAddress(text) && text.includes(':'));
}

/** One address without a port. */
function isAddress(text: string): boolean {
  return looksLikeServer(text) && !text.includes('[') && (text.includes('::') || text.split(':').length !== 2);
}

/** `ip` or `ip:port`. Coarse: main reads it for certain. */
function looksLikeServer(server: string): boolean {
  const v4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?::(\d{1,5}))?$/.exec(server);
  if (v4 !== null) return v4.slice(1, 5).every((part) => Number(part) <= 255) && isPort(v4[5]);
  const v6 = /^(?:\[([0-9a-f:.]+)\](?::(\d{1,5}))?|([0-9a-f:.]*:[0-9a-f:.]*))$/i.exec(server);
  return v6 !== null && (v6[1] ?? v6[3] ?? '').split(':').length >= 3 && isPort(v6[2]);
}

function isPort(text: string | undefined): boolean {
  return text === undefined || (Number(text) >= 1 && Number(text) <= 65_535);
}

function withValue(settings: Settings, path: FieldPath, value: unknown): unknown {
  return placed(settings, path.split('.'), value);
}

function placed(at: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const object = at as Readonly<Record<string, unknown>>;
  return { ...object, [key]: placed(object[key], rest, value) };
}

function messageFor(field: Field): string {
  const { messages } = words.preferences;
  switch (field.kind) {
    case 'number':
      return numberMessage(boundsOf(field.path), field.factor);
    case 'servers':
      return messages.servers;
    case 'text':
      return TEXT_MESSAGES[field.path]?.() ?? messages.other;
    case 'choice':
    case 'switch':
      return messages.other;
  }
}

const TEXT_MESSAGES: Readonly<Partial<Record<FieldPath, () => string>>> = {
  'identity.heloName': () => words.preferences.messages.heloName,
  'identity.mailFrom': () => words.preferences.messages.mailFrom,
  'smtp.proxy': () => words.preferences.messages.proxy,
  'smtp.localAddress': () => words.preferences.messages.localAddress,
  'smtp.localAddressIpv6': () => words.preferences.messages.localAddressIpv6,
};

/** What a number may be, in the unit that is shown: the schema's divided by `factor`. */
export function numberMessage({ min, max }: Bounds, factor: number): string {
  const { whole, range } = words.preferences.messages;
  const say = factor === 1 ? whole : range;
  return say(shown(min / factor), shown(max / factor));
}

/** Bounds in a larger unit may be fractions: 100 ms are 0.1 s. */
function shown(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : String(Number(value.toPrecision(3)));
}
