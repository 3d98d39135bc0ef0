// A duration ahead in words that claim no more than is known: rounded up, coarser the longer it is.
import { formatCount } from '../../format.ts';
import { words } from '../../words.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Null: nothing honest can be said. */
export function timeLeft(seconds: number | null): string {
  const text = words.window.time;
  if (seconds === null) return words.window.list.noTimeYet;
  return words.window.list.timeLeft(inWords(seconds, text));
}

/** As `about 5 minutes`, in the words of the catalogue. */
export function inWords(seconds: number, text: typeof words.window.time): string {
  if (seconds < 15) return text.seconds;
  if (seconds <= 1.2 * MINUTE) return text.minute;
  if (seconds <= 55 * MINUTE) return text.minutes(formatCount(Math.ceil(seconds / MINUTE)));
  if (seconds <= 1.2 * HOUR) return text.hour;
  if (seconds <= 36 * HOUR) return text.hours(formatCount(Math.ceil(seconds / HOUR)));
  return text.days(formatCount(Math.ceil(seconds / DAY)));
}
