import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../../api/errors';
import { Feed } from './feed';
import type { ConnectionListener } from './liveConnection';
import type { LiveEvent } from './liveEvent';

const noChannel = () => new ApiError(409, 'no-live-channel', 'There is none.');
const event = (n: number) => ({ type: 'deleted', timestamp: 1, sender: 'a', n });

/** A feed with an app and a Web PubSub that do as the test says. */
function makeFeed() {
  const listeners: ConnectionListener[] = [];
  const close = vi.fn();
  const negotiate = vi.fn(() => Promise.resolve('ws://here'));
  const connect = vi.fn((_: string, listener: ConnectionListener) => {
    listeners.push(listener);
    return Promise.resolve(close);
  });
  const feed = new Feed(negotiate, connect);
  const got: LiveEvent[][] = [];
  const changed = vi.fn();
  feed.users.add({ events: (events) => got.push([...events]), changed });
  return { feed, listeners, negotiate, connect, close, got, changed };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());
const pass = (time: number) => vi.advanceTimersByTimeAsync(time);

test('it connects, and delivers what comes in batches with rising keys', async () => {
  const { feed, listeners, got } = makeFeed();
  expect(feed.status.state).toBe('connecting');
  await pass(0);
  expect(feed.status.state).toBe('live');
  listeners[0]?.received(event(0));
  listeners[0]?.received([event(1), { type: 'connect', timestamp: 2 }]);
  expect(got).toEqual([]);
  await pass(100);
  expect(got).toHaveLength(1);
  const keys = got[0]?.map(({ key }) => key) ?? [];
  expect(keys).toHaveLength(3);
  expect(keys).toEqual([...keys].sort((a, b) => a - b));
  expect(new Set(keys).size).toBe(3);
  feed.end();
});

test('much is delivered before its turn, so that no more than a thousand wait', async () => {
  const { feed, listeners, got } = makeFeed();
  await pass(0);
  listeners[0]?.received(Array.from({ length: 1_000 }, (_, n) => event(n)));
  expect(got[0]).toHaveLength(1_000);
  feed.end();
});

test('it asks again every minute while it watches', async () => {
  const { feed, negotiate, connect } = makeFeed();
  await pass(180_000);
  expect(negotiate).toHaveBeenCalledTimes(4);
  expect(connect).toHaveBeenCalledTimes(1);
  feed.end();
});

test('a connection that ends is made again, and the gap is counted', async () => {
  const { feed, listeners, connect } = makeFeed();
  await pass(0);
  listeners[0]?.received(event(0));
  listeners[0]?.closed();
  expect(feed.status.state).toBe('reconnecting');
  await pass(1_000);
  expect(feed.status.state).toBe('live');
  expect(connect).toHaveBeenCalledTimes(2);
  listeners[0]?.received(event(99));
  listeners[1]?.received(event(4));
  await pass(100);
  expect(feed.status.missed).toBe(3);
  feed.end();
});

test('where there is no Web PubSub it says so, and asks no more', async () => {
  const { feed, negotiate } = (() => {
    const negotiate = vi.fn(() => Promise.reject(noChannel()));
    return { feed: new Feed(negotiate, () => Promise.reject(new Error('unused'))), negotiate };
  })();
  await pass(300_000);
  expect(feed.status.state).toBe('unavailable');
  expect(feed.status.problem).toContain('no Web PubSub service');
  expect(negotiate).toHaveBeenCalledTimes(1);
});

test('what may pass is tried again, less often each time', async () => {
  const negotiate = vi.fn(() => Promise.reject(new ApiError(503, '', 'Storage is away.')));
  const feed = new Feed(negotiate, () => Promise.reject(new Error('unused')));
  await pass(10_000);
  expect(feed.status).toMatchObject({ state: 'connecting', problem: 'Storage is away.' });
  const early = negotiate.mock.calls.length;
  expect(early).toBeGreaterThan(2);
  await pass(100_000);
  await pass(10_000);
  expect(negotiate.mock.calls.length - early).toBeLessThan(12);
  feed.end();
});

test('a wait that the app asks for is kept', async () => {
  const negotiate = vi.fn(() => Promise.reject(new ApiError(429, 'too-many-watched', 'Too many.', '', 20)));
  const feed = new Feed(negotiate, () => Promise.reject(new Error('unused')));
  await pass(19_000);
  expect(negotiate).toHaveBeenCalledTimes(1);
  await pass(2_000);
  expect(negotiate).toHaveBeenCalledTimes(2);
  feed.end();
});

test('a watch that cannot be renewed is said, and so is that it could', async () => {
  const { feed, negotiate } = makeFeed();
  await pass(0);
  negotiate.mockRejectedValueOnce(new ApiError(503, '', 'Storage is away.'));
  await pass(60_000);
  expect(feed.status).toMatchObject({ state: 'live', problem: expect.stringContaining('Storage is away.') as string });
  await pass(60_000);
  expect(feed.status).toMatchObject({ state: 'live', problem: '' });
  feed.end();
});

test('after its end it says nothing and asks nothing', async () => {
  const { feed, listeners, negotiate, close, got } = makeFeed();
  await pass(0);
  listeners[0]?.received(event(0));
  feed.end();
  expect(close).toHaveBeenCalledTimes(1);
  expect(got).toHaveLength(1);
  listeners[0]?.received(event(1));
  listeners[0]?.closed();
  await pass(300_000);
  expect(got).toHaveLength(1);
  expect(negotiate).toHaveBeenCalledTimes(1);
});

test('an end while it connects closes what comes of it', async () => {
  const { feed, close } = makeFeed();
  feed.end();
  await pass(0);
  expect(close).toHaveBeenCalledTimes(0);
  const other = makeFeed();
  await Promise.resolve();
  other.feed.end();
  await pass(0);
  expect(other.connect.mock.calls.length).toBe(other.close.mock.calls.length);
});

test.each([
  ['that it goes to', false],
  ['that it begins in', true],
])('after half an hour in the background %s it rests, and goes on when somebody looks', async (_, beginsThere) => {
  const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(beginsThere ? 'hidden' : 'visible');
  const { feed, connect, close } = makeFeed();
  await pass(0);
  if (!beginsThere) {
    visibility.mockReturnValue('hidden');
    document.dispatchEvent(new Event('visibilitychange'));
  }

  await pass(29 * 60_000);
  expect(feed.status.state).toBe('live');
  await pass(2 * 60_000);
  expect(close).toHaveBeenCalledTimes(1);
  visibility.mockReturnValue('visible');
  document.dispatchEvent(new Event('visibilitychange'));
  await pass(0);
  expect(connect).toHaveBeenCalledTimes(2);
  expect(feed.status).toMatchObject({ state: 'live', problem: '' });
  visibility.mockRestore();
  feed.end();
});
