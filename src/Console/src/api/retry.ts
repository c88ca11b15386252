import { wait } from '../format/wait';
import { ApiError } from './errors';

/** So often it is asked again when nothing but failures came in a row; half a minute is over by then. */
const MostRetries = 6;

/** Whether what failed may succeed the next time. A refusal is an answer, and stays one. */
export const mayPass = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status >= 500);

/** How long to wait after so many failures before that one, in milliseconds: as long as the app says, or longer each time. */
export const pauseAfter = (failures: number, error: unknown): number =>
  error instanceof ApiError && error.retryAfter > 0 ? error.retryAfter * 1000 : 500 * 2 ** failures;

/** Asks for what may be asked for any number of times, until there is an answer; gives up when what is wrong does not pass, or when nobody waits any longer. */
export async function persist<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let failures = 0; ; failures++) {
    try {
      return await ask();
    } catch (error) {
      if (!mayPass(error) || failures >= MostRetries) {
        throw error;
      }

      await wait(pauseAfter(failures, error), signal);
      if (signal.aborted) {
        throw error;
      }
    }
  }
}
