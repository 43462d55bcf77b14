const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['second', 60],
  ['minute', 60],
  ['hour', 24],
  ['day', 30],
  ['month', 12],
];

/** Says how long ago (or until) a moment is, in words: "4 seconds ago", "yesterday". */
export function relativeTime(at: string | Date, now: Date): string {
  let value = (new Date(at).getTime() - now.getTime()) / 1000;
  if (Math.abs(value) < 1) return 'just now';
  for (const [unit, size] of steps) {
    if (Math.abs(value) < size) return inWords(Math.trunc(value), unit);
    value /= size;
  }
  return inWords(Math.trunc(value), 'year');
}

let format: Intl.RelativeTimeFormat | undefined;

/** Short times are written without Intl, whose first use holds up the first row of the shop. */
function inWords(count: number, unit: Intl.RelativeTimeFormatUnit): string {
  if (unit === 'second' || unit === 'minute' || unit === 'hour') {
    const amount = `${Math.abs(count)} ${unit}${Math.abs(count) === 1 ? '' : 's'}`;
    return count < 0 ? `${amount} ago` : `in ${amount}`;
  }
  format ??= new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  return format.format(count, unit);
}

/** Writes a moment exactly, for titles and tables. */
export function exactTime(at: string | Date, locale = 'en'): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(at));
}

/** Writes a length of time in milliseconds with its two largest units: "2 min 5 s". */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
