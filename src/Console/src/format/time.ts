/** Times of the API are in microseconds since the Unix epoch. */
const toDate = (micros: number): Date => new Date(micros / 1000);

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'short' });
const Steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** Date and time; 0 = never. */
export const timeText = (micros: number): string => (micros === 0 ? 'never' : exact.format(toDate(micros)));

/** How long ago, in words; 0 = never. */
export function ageText(micros: number, now = Date.now()): string {
  if (micros === 0) {
    return 'never';
  }

  const seconds = Math.round((micros / 1000 - now) / 1000);
  for (const [unit, length] of Steps) {
    if (Math.abs(seconds) >= length) {
      return relative.format(Math.trunc(seconds / length), unit);
    }
  }

  return relative.format(seconds, 'second');
}
