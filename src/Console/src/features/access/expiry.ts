/** When a key ends: never, after a number of days, or at the end of a chosen day. */
export type ExpiryChoice = 'never' | '30' | '90' | '365' | 'date';

/** The end in microseconds since the Unix epoch; 0 for never, undefined while no day in the future is chosen. */
export function expiryOf(choice: ExpiryChoice, date: string, now: number): number | undefined {
  if (choice === 'never') {
    return 0;
  } else if (choice !== 'date') {
    return (now + Number(choice) * 86_400_000) * 1000;
  }

  // The day is one of the operator's own place; the key holds until it is over.
  const end = new Date(`${date}T23:59:59`).getTime();
  return Number.isNaN(end) || end <= now ? undefined : end * 1000;
}
