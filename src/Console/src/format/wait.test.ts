import { expect, it, vi } from 'vitest';
import { wait } from './wait';

it('a wait ends early when it is to stop, and leaves nothing behind when it ends by itself', async () => {
  const stop = new AbortController();
  const add = vi.spyOn(stop.signal, 'addEventListener');
  const remove = vi.spyOn(stop.signal, 'removeEventListener');
  await wait(1, stop.signal);
  expect(remove).toHaveBeenCalledWith('abort', add.mock.calls[0]?.[1]);
  const waiting = wait(1e9, stop.signal);
  stop.abort();
  await waiting;
  await wait(1e9, stop.signal);
});
