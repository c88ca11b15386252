import { expect, test } from 'vitest';
import { summaryOf, typeText } from './eventText';
import type { LiveEvent } from './liveEvent';

const event = (type: string, more: Partial<LiveEvent> = {}): LiveEvent => ({ key: 1, type, timestamp: 1, ...more });

test('data is told by alias and value', () => {
  expect(summaryOf(event('data_in', { payload: [{ timestamp: 1, values: { a: '1', b: true } }] }))).toBe('a=1, b=true');
});

test('of many values and moments the first are told, and how many there are', () => {
  const values = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`a${i}`, i]));
  const said = summaryOf(
    event('data_in', {
      payload: [
        { timestamp: 1, values },
        { timestamp: 2, values: { z: 1 } },
      ],
    }),
  );
  expect(said).toContain('a7=7 and 3 more (2 moments)');
  expect(said).not.toContain('a8');
});

test('a long value is cut', () => {
  expect(summaryOf(event('data_in', { payload: [{ timestamp: 1, values: { a: 'x'.repeat(100) } }] }))).toBe(`a=${'x'.repeat(60)}…`);
});

test('a refusal is told with its reason, sentence and what was asked', () => {
  expect(
    summaryOf(
      event('refused', { reason: 'locked', message: 'The identity is locked.', code: 401, method: 'POST', path: '/onep:v1/stack/alias' }),
    ),
  ).toBe('locked: The identity is locked. (401 POST /onep:v1/stack/alias)');
});

test('what was lost is told with its number, where that is known', () => {
  expect(summaryOf(event('dropped', { count: 17 }))).toBe('17 events were lost before they could be sent');
  expect(summaryOf(event('dropped', { count: 1 }))).toBe('1 event was lost before it could be sent');
  expect(summaryOf(event('dropped', { count: null } as unknown as Partial<LiveEvent>))).toContain('not known');
});

test('a file is told by id, size and type', () => {
  expect(summaryOf(event('content_in', { payload: { id: 'device2/p/log.txt', length: 16, type: 'text/plain' } }))).toBe(
    'device2/p/log.txt, 16 B, text/plain',
  );
});

test('what is not as expected breaks nothing', () => {
  for (const payload of [undefined, null, 7, 'x', [], [null], [{}], {}]) {
    expect(summaryOf(event('data_in', { payload }))).toBe('');
    expect(() => summaryOf(event('content_in', { payload }))).not.toThrow();
  }

  expect(typeText('news')).toBe('news');
  expect(summaryOf(event('news', { cut: true }))).toContain('not all of it');
});
