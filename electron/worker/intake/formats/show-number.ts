// A sheet's number as text: as the cell shows it where that is a date, a time or padded with zeros (dates in ISO 8601,
// whatever the locale), else the shortest decimal that is the same number (files hold 0.10000000000000001 for 0.1).
import type { CellFormat } from './cell-formats.ts';

const DAY_MS = 86_400_000;
/** Day 0 of the two date systems; 1900 counts a 29 February that was not (ECMA-376 18.17.4.1). */
const EPOCH_1900_MS = Date.UTC(1899, 11, 30);
const EPOCH_1904_MS = Date.UTC(1904, 0, 1);
/** 9999-12-31. */
const MAX_SERIAL = 2_958_466;

/** Dates repeat: few thousand days are all that a list holds. */
const MAX_DAYS_KEPT = 10_000;
const days1900 = new Map<number, string>();

/** A plain whole number is its own shortest form. */
const PLAIN = /^(?:0|[1-9]\d{0,14})$/;

export function showNumber(text: string, format: CellFormat, date1904: boolean): string {
  if (format === 'number' && PLAIN.test(text)) return text;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) return text;
  if (typeof format === 'object') return Number.isInteger(value) && value >= 0 ? String(value).padStart(format.padded, '0') : String(value);
  if (format === 'number' || value < 0 || value >= MAX_SERIAL) return String(value);
  if (format === 'date' && !date1904) return day1900(Math.floor(value));
  // To the second, as no cell shows more.
  const seconds = Math.round(value * 86_400);
  const days = Math.floor(seconds / 86_400);
  const iso = new Date(seconds * 1_000 + epochMs(days, date1904)).toISOString();
  const clock = iso.slice(11, 19);
  if (format === 'time') return days === 0 ? clock : `${String(days * 24 + Number(clock.slice(0, 2)))}${clock.slice(2)}`;
  const date = iso.slice(0, 10);
  return format === 'datetime' ? `${date} ${clock}` : date;
}

function epochMs(days: number, date1904: boolean): number {
  if (date1904) return EPOCH_1904_MS;
  return days < 60 ? EPOCH_1900_MS + DAY_MS : EPOCH_1900_MS;
}

function day1900(days: number): string {
  const known = days1900.get(days);
  if (known !== undefined) return known;
  const date = new Date(days * DAY_MS + epochMs(days, false)).toISOString().slice(0, 10);
  if (days1900.size < MAX_DAYS_KEPT) days1900.set(days, date);
  return date;
}
