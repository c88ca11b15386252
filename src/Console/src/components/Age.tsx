import { ageText, timeText } from '../format/time';
import { useNow } from '../format/useNow';

/** How long ago something was, with the exact time for who points at it. In microseconds since the Unix epoch; 0 = never. */
export function Age({ micros }: { micros: number }) {
  // The clocks of the app and of this machine differ by a little: what was just now is not to come.
  const now = Math.max(useNow(), micros / 1000);
  return micros === 0 ? (
    'never'
  ) : (
    <time dateTime={new Date(micros / 1000).toISOString()} title={timeText(micros)}>
      {ageText(micros, now)}
    </time>
  );
}
