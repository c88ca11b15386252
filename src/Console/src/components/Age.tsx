import { ageText, timeText } from '../format/time';
import { useNow } from '../format/useNow';

interface AgeProps {
  /** In microseconds since the Unix epoch; 0 = never. */
  micros: number;
  /** Whether it may be a time to come. */
  isAhead?: boolean;
}

/** How long ago something was, or how soon it will be, with the exact time for who points at it. */
export function Age({ micros, isAhead = false }: AgeProps) {
  const clock = useNow();
  // The clocks of the app and of this machine differ by a little: what was just now is not to come.
  const now = isAhead ? clock : Math.max(clock, micros / 1000);
  return micros === 0 ? (
    'never'
  ) : (
    <time dateTime={new Date(micros / 1000).toISOString()} title={timeText(micros)}>
      {ageText(micros, now)}
    </time>
  );
}
