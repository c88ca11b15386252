/** Waits for some milliseconds, or until a signal says that there is nothing to wait for any more. */
export const wait = (time: number, signal: AbortSignal): Promise<void> =>
  new Promise((done) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      done();
    };
    const timer = setTimeout(end, time);
    signal.addEventListener('abort', end);
    if (signal.aborted) {
      end();
    }
  });
