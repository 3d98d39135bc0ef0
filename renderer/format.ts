// Numbers, shares, sizes, dates and times as they are shown, by Intl in the catalogue's language; never by hand.
// A share is never rounded up to 100 % or down to 0 %: "100 %" means all.
const LANGUAGE = 'en';

const integer = new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat(LANGUAGE, { style: 'percent', maximumFractionDigits: 0 });
const finePercent = new Intl.NumberFormat(LANGUAGE, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
const day = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: 'medium' });
const utcDay = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: 'medium', timeZone: 'UTC' });
const moment = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });
const clockTime = new Intl.DateTimeFormat(LANGUAGE, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const exactTime = new Intl.DateTimeFormat(LANGUAGE, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const dayAndTime = new Intl.DateTimeFormat(LANGUAGE, { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

const DAY_MS = 86_400_000;

export function formatCount(value: number): string {
  return integer.format(value);
}

export function formatRate(perSecond: number): string {
  return perSecond < 10 ? oneDecimal.format(perSecond) : integer.format(perSecond);
}

/** `part` of `whole`; 0 of 0 is all of it. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0 || part === whole) return percent.format(1);
  const share = part / whole;
  if (share > 0 && share < 0.001) return `<${finePercent.format(0.001)}`;
  if (share > 0.999) return finePercent.format(Math.min(share, 0.999));
  return share < 0.1 || share > 0.99 ? finePercent.format(share) : percent.format(Math.min(share, 0.99));
}

export function formatBytes(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const unit = units[step] ?? 'byte';
  return new Intl.NumberFormat(LANGUAGE, { style: 'unit', unit, unitDisplay: step === 0 ? 'long' : 'short', maximumFractionDigits: step === 0 ? 0 : 1 }).format(bytes / 1000 ** step);
}

export function formatDay(epochMs: number): string {
  return day.format(epochMs);
}

/** A date as data tells it (`2026-11-21`), with no shift by time zones; shown as it is where it is no such date. */
export function formatIsoDay(date: string): string {
  const epochMs = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(epochMs) ? date : utcDay.format(epochMs);
}

export function formatMoment(epochMs: number): string {
  return moment.format(epochMs);
}

/** The time of day of something ahead: to the second where it is near, with the day where it is far. */
export function formatAhead(epochMs: number, nowMs: number): string {
  const aheadMs = epochMs - nowMs;
  if (aheadMs < 120_000) return exactTime.format(epochMs);
  return aheadMs < DAY_MS / 2 ? clockTime.format(epochMs) : dayAndTime.format(epochMs);
}

/** The time of day of something that was: with the day where it is long ago. */
export function formatTimeOf(epochMs: number, nowMs: number): string {
  return nowMs - epochMs < DAY_MS / 2 ? clockTime.format(epochMs) : dayAndTime.format(epochMs);
}
