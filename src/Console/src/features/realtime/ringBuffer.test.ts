import { expect, test } from 'vitest';
import { RingBuffer } from './ringBuffer';

test('it gives back what it was given, newest first', () => {
  const ring = new RingBuffer<number>(3);
  expect(ring.newestFirst()).toEqual([]);
  ring.add(1);
  ring.add(2);
  expect(ring.newestFirst()).toEqual([2, 1]);
});

test('the oldest give way to the newest, round and round', () => {
  const ring = new RingBuffer<number>(3);
  for (let n = 1; n <= 100; n++) {
    ring.add(n);
    expect(ring.count).toBe(Math.min(n, 3));
  }

  expect(ring.newestFirst()).toEqual([100, 99, 98]);
});

test('it holds no more than so much, but always the newest', () => {
  const ring = new RingBuffer<string>(100, 10);
  ring.add('a', 4);
  ring.add('b', 4);
  ring.add('c', 4);
  expect(ring.newestFirst()).toEqual(['c', 'b']);
  ring.add('huge', 50);
  expect(ring.newestFirst()).toEqual(['huge']);
  ring.add('d', 1);
  expect(ring.newestFirst()).toEqual(['d']);
  ring.add('e', 9);
  expect(ring.newestFirst()).toEqual(['e', 'd']);
});

test('after it was cleared it begins anew', () => {
  const ring = new RingBuffer<number>(2, 10);
  ring.add(1, 9);
  ring.clear();
  expect(ring.count).toBe(0);
  ring.add(2, 9);
  expect(ring.newestFirst()).toEqual([2]);
});
