import { useEffect, useState } from 'react';

/** The time, so that ages on the screen grow; in milliseconds. */
export function useNow(every = 5_000): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
