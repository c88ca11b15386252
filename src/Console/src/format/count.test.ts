import { expect, test } from 'vitest';
import { countText, pluralText } from './count';

test('numbers are in English, whatever the browser speaks', () => {
  expect([0, 1, 999, 1_234_567].map(countText)).toEqual(['0', '1', '999', '1,234,567']);
});

test('one thing is one', () => {
  expect([0, 1, 2, 1_000].map((count) => pluralText(count, 'device'))).toEqual(['0 devices', '1 device', '2 devices', '1,000 devices']);
  expect([1, 2].map((count) => pluralText(count, 'event was', 'events were'))).toEqual(['1 event was', '2 events were']);
});
