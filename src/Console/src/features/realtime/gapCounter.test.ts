import { expect, test } from 'vitest';
import { GapCounter } from './gapCounter';

const event = (n?: number, sender = 'a') => ({ type: 'deleted', timestamp: 1, ...(n === undefined ? {} : { sender, n }) });
const dropped = (count: number | null, n?: number, sender = 'a') => ({
  type: 'dropped',
  timestamp: 1,
  count,
  ...(n === undefined ? {} : { sender, n }),
});

test('nothing is missed while numbers follow each other', () => {
  const gaps = new GapCounter();
  expect(gaps.take(event(7))).toHaveLength(1);
  expect(gaps.take([event(8), event(), event()])).toHaveLength(3);
  expect(gaps.take(event(11))).toHaveLength(1);
  expect(gaps.missed).toBe(0);
});

test('counting begins with the first message of a sender', () => {
  const gaps = new GapCounter();
  gaps.take(event(1_000_000));
  expect(gaps.missed).toBe(0);
});

test('a gap is as large as what lies between', () => {
  const gaps = new GapCounter();
  gaps.take(event(0));
  gaps.take(event(5));
  expect(gaps.missed).toBe(4);
  gaps.take(event(6));
  expect(gaps.missed).toBe(4);
  gaps.take(event(8));
  expect(gaps.missed).toBe(5);
});

test('what came before is not taken again', () => {
  const gaps = new GapCounter();
  gaps.take([event(3), event()]);
  expect(gaps.take([event(3), event()])).toEqual([]);
  expect(gaps.take(event(4))).toEqual([]);
  expect(gaps.take(event(5))).toHaveLength(1);
  expect(gaps.missed).toBe(0);
});

test('a dropped stands for as many as it says', () => {
  const gaps = new GapCounter();
  gaps.take(event(0));
  gaps.take([dropped(17, 1), event()]);
  gaps.take(event(19));
  expect(gaps.missed).toBe(0);
});

test('a dropped whose number is not known stands for none', () => {
  const gaps = new GapCounter();
  gaps.take([dropped(null, 1), event()]);
  gaps.take(event(2));
  expect(gaps.missed).toBe(0);
});

test('each sender has numbers of its own', () => {
  const gaps = new GapCounter();
  gaps.take(event(1, 'a'));
  gaps.take(event(500, 'b'));
  gaps.take(event(2, 'a'));
  gaps.take(event(503, 'b'));
  expect(gaps.missed).toBe(2);
});

test('what has no number is taken as it is', () => {
  const gaps = new GapCounter();
  expect(gaps.take([event(), event()])).toHaveLength(2);
  expect(gaps.missed).toBe(0);
});

test('what is no event is passed over', () => {
  const gaps = new GapCounter();
  expect(gaps.take([null, 7, 'x', {}, { type: 1 }, event()])).toHaveLength(1);
  expect(gaps.take(undefined)).toEqual([]);
  expect(gaps.take([])).toEqual([]);
});
