// A time as ISO 8601 in UTC, as `Date.toISOString` gives it; the date is worked out once for all times of a day.

const DAY_MS = 86_400_000;
const TWO = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));
const THREE = Array.from({ length: 1_000 }, (_, number) => String(number).padStart(3, '0'));

let knownDay = Number.NaN;
let knownDate = '';

/** Empty for what no date can hold: evidence times are ours, but a clock may be anything. */
export function isoTime(ms: number): string {
  const day = Math.floor(ms / DAY_MS);
  if (day !== knownDay) {
    const date = new Date(day * DAY_MS);
    if (Number.isNaN(date.getTime())) return '';
    knownDay = day;
    knownDate = date.toISOString().slice(0, -'00:00:00.000Z'.length);
  }
  const within = Math.trunc(ms) - day * DAY_MS;
  const seconds = Math.floor(within / 1_000);
  const minutes = Math.floor(seconds / 60);
  return `${knownDate}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(seconds % 60)}.${THREE[within % 1_000] ?? ''}Z`;
}

function two(number: number): string {
  return TWO[number] ?? '';
}
