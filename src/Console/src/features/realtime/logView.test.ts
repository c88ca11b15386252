import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LiveEvent } from './liveEvent';
import { LogView, MostEvents } from './logView';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

let key = 0;
const events = (count: number, more: Partial<LiveEvent> = {}): LiveEvent[] =>
  Array.from({ length: count }, () => ({ key: ++key, type: 'deleted', timestamp: 1, ...more }));

function makeView() {
  const view = new LogView(() => Date.now());
  const heard = vi.fn();
  const stop = view.subscribe(heard);
  return { view, heard, stop };
}

test('what came is shown newest first, a few times a second', () => {
  const { view, heard } = makeView();
  for (let i = 0; i < 10; i++) {
    view.take(events(10));
  }

  expect(heard).toHaveBeenCalledTimes(0);
  vi.advanceTimersByTime(250);
  expect(heard).toHaveBeenCalledTimes(1);
  expect(view.state()).toMatchObject({ total: 100, fresh: 0 });
  expect(view.state().events[0]?.key).toBe(key);
  expect(view.state().events).toHaveLength(100);
});

test('the newest are kept, and all are counted', () => {
  const { view } = makeView();
  view.take(events(MostEvents + 10));
  vi.advanceTimersByTime(250);
  expect(view.state().events).toHaveLength(MostEvents);
  expect(view.state().total).toBe(MostEvents + 10);
});

test('while it is paused it counts and keeps, and shows what it showed', () => {
  const { view } = makeView();
  view.take(events(3));
  vi.advanceTimersByTime(250);
  const shown = view.state().events;
  view.pause();
  view.take(events(1_234));
  vi.advanceTimersByTime(1_000);
  expect(view.state()).toMatchObject({ isPaused: true, fresh: 1_234, total: 1_237 });
  expect(view.state().events).toBe(shown);
  view.resume();
  expect(view.state()).toMatchObject({ isPaused: false, fresh: 0 });
  expect(view.state().events).toHaveLength(1_237);
});

test('what came just before a pause and was not shown yet counts as new', () => {
  const { view } = makeView();
  view.take(events(5));
  view.pause();
  expect(view.state()).toMatchObject({ fresh: 5, events: [] });
});

test('cleared, it begins anew, also while it is paused', () => {
  const { view } = makeView();
  view.take([...events(3), ...events(1, { type: 'dropped', count: 7 })]);
  vi.advanceTimersByTime(250);
  expect(view.state().dropped).toBe(7);
  view.pause();
  view.take(events(2));
  view.clear();
  expect(view.state()).toMatchObject({ events: [], total: 0, fresh: 0, dropped: 0, isPaused: true });
  view.take(events(2));
  vi.advanceTimersByTime(250);
  expect(view.state()).toMatchObject({ events: [], total: 2, fresh: 2 });
  view.resume();
  expect(view.state().events).toHaveLength(2);
});

test('a dropped without a number makes it unsure', () => {
  const { view } = makeView();
  view.take(events(1, { type: 'dropped', count: null } as unknown as Partial<LiveEvent>));
  vi.advanceTimersByTime(250);
  expect(view.state()).toMatchObject({ dropped: 0, isUnsure: true });
});

test('the rate is that of the last seconds, and comes down to nothing', () => {
  const { view } = makeView();
  for (let i = 0; i < 30; i++) {
    view.take(events(100));
    vi.advanceTimersByTime(100);
  }

  expect(view.state().rate).toBeGreaterThan(900);
  vi.advanceTimersByTime(4_000);
  expect(view.state().rate).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});

test('when nobody looks any more nothing goes on', () => {
  const { view, stop } = makeView();
  view.take(events(1));
  stop();
  expect(vi.getTimerCount()).toBe(0);
});
