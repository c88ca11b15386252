import { useSyncExternalStore } from 'react';

const Every = 5_000;

// One clock for all ages on the screen, which stands while nobody looks at it.
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function listen(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    listeners.forEach((one) => one());
  }, Every);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

// After a pause the clock may be far behind; or ahead, where the machine was set back.
function read(): number {
  if (timer === undefined && Math.abs(Date.now() - now) > Every) {
    now = Date.now();
  }

  return now;
}

/** The time, in milliseconds, so that ages on the screen grow; a few seconds old at most. */
export const useNow = (): number => useSyncExternalStore(listen, read);
