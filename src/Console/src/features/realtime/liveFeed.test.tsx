import { act, cleanup, renderHook } from '@testing-library/react';
import { StrictMode } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ConnectionListener } from './liveConnection';
import type { LiveEvent } from './liveEvent';

const world = vi.hoisted(() => ({ listeners: [] as ConnectionListener[], open: 0 }));

vi.mock('./liveConnection', () => ({
  connect: (_: string, listener: ConnectionListener) => {
    world.listeners.push(listener);
    world.open++;
    return Promise.resolve(() => world.open--);
  },
}));

// Other files of tests share the modules, and have them with the connection that is not replaced.
vi.resetModules();
const { enter, leave } = await import('../access/session');
const { useLiveEvents } = await import('./liveFeed');

const addresses: string[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  world.listeners.length = 0;
  addresses.length = 0;
  enter({ kind: 'key', secret: 'x' });
  vi.stubGlobal('fetch', (request: Request) => {
    addresses.push(new URL(request.url).pathname + new URL(request.url).search);
    return Promise.resolve(Response.json({ url: 'ws://here', expires_in: 120 }));
  });
});

afterEach(async () => {
  cleanup();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(world.open).toBe(0);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const pass = (time: number) => act(() => vi.advanceTimersByTimeAsync(time));

test('in strict mode one connection is made, and each event is delivered once', async () => {
  const got: LiveEvent[] = [];
  const { result } = renderHook(() => useLiveEvents('c1', undefined, (events) => got.push(...events)), { wrapper: StrictMode });
  await pass(2_000);
  expect(addresses).toEqual(['/api:1/service/c1/log/negotiate']);
  expect(result.current.state).toBe('live');
  world.listeners[0]?.received({ type: 'deleted', timestamp: 1 });
  await pass(100);
  expect(got).toHaveLength(1);
});

test('who watches the same shares a connection; a device has its own', async () => {
  const views = ['a', 'a', 'b/c'].map((identity) => renderHook(() => useLiveEvents('c1', identity, () => undefined)));
  await pass(100);
  expect(addresses).toEqual(['/api:1/service/c1/log/negotiate?identity=a', '/api:1/service/c1/log/negotiate?identity=b%2Fc']);
  views[0]?.unmount();
  await pass(2_000);
  expect(world.open).toBe(2);
  views[1]?.unmount();
  await pass(2_000);
  expect(world.open).toBe(1);
});

test('at sign-out everything ends', async () => {
  const { result } = renderHook(() => useLiveEvents('c1', undefined, () => undefined));
  await pass(100);
  act(leave);
  expect(world.open).toBe(0);
  expect(result.current).toMatchObject({ state: 'unavailable', problem: 'You are signed out.' });
  await pass(200_000);
  expect(addresses).toHaveLength(1);
});

test('another connector is another feed', async () => {
  const { rerender } = renderHook(({ connector }) => useLiveEvents(connector, undefined, () => undefined), {
    initialProps: { connector: 'c1' },
  });
  await pass(100);
  rerender({ connector: 'c2' });
  await pass(2_000);
  expect(addresses).toEqual(['/api:1/service/c1/log/negotiate', '/api:1/service/c2/log/negotiate']);
  expect(world.open).toBe(1);
});
