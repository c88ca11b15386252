import { expect, test } from 'vitest';
import { differences, mergeList } from './settings';

test('only what differs is sent', () => {
  expect(differences({ a: 1, b: [1], c: 'x' }, { a: 1, b: [1, 2] })).toEqual({ b: [1, 2] });
  expect(differences({ a: 1 }, {})).toEqual({});
});

test('a list keeps what others added and leaves out what they removed', () => {
  expect(mergeList(['a', 'b', 'c'], ['a', 'c', 'd'], ['a', 'b', 'e'])).toEqual(['a', 'e', 'd']);
  expect(mergeList([], ['a'], ['a'])).toEqual(['a']);
});
