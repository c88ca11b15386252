import { expect, test } from 'vitest';
import { eventFilter, textOf } from './eventFilter';
import type { LiveEvent } from './liveEvent';
import { isFilter, liveSearch } from './search';

const event = (more: Partial<LiveEvent>): LiveEvent => ({ key: 424242, type: 'data_in', timestamp: 1, identity: 'Pump-1', ...more });
const data = event({ payload: [{ timestamp: 1, values: { temperature: '21.5' } }] });
const refused = event({ type: 'refused', identity: 'valve-2', reason: 'locked', message: 'The identity is locked.' });
const nobody: LiveEvent = { key: 3, type: 'refused', timestamp: 1, reason: 'unknown-token' };
const all = [data, refused, nobody];
const kept = (search: Record<string, unknown>) => all.filter(eventFilter(liveSearch(search)));

test('without a filter all are wanted', () => {
  expect(kept({})).toEqual(all);
});

test('types are wanted by name', () => {
  expect(kept({ types: ['refused'] })).toEqual([refused, nobody]);
  expect(kept({ types: ['refused', 'data_in'] })).toEqual(all);
  expect(kept({ types: ['nothing'] })).toEqual([]);
});

test('a device is wanted by a part of its identity, in either case', () => {
  expect(kept({ device: 'pump' })).toEqual([data]);
  expect(kept({ device: '-' })).toEqual([data, refused]);
});

test('text is found anywhere in an event, but not in the number that the page gave it', () => {
  expect(kept({ text: 'TEMPERATURE' })).toEqual([data]);
  expect(kept({ text: 'locked' })).toEqual([refused]);
  expect(kept({ text: '424242' })).toEqual([]);
});

test('all that is asked for must hold', () => {
  expect(kept({ types: ['refused'], device: 'valve', text: 'locked' })).toEqual([refused]);
  expect(kept({ types: ['refused'], device: 'pump' })).toEqual([]);
});

test('an answer is remembered and stays the same', () => {
  const filter = eventFilter({ text: 'locked' });
  expect([filter(refused), filter(refused), filter(data), filter(data)]).toEqual([true, true, false, false]);
});

test('an event is written as it came', () => {
  expect(textOf(nobody)).toBe('{"type":"refused","timestamp":1,"reason":"unknown-token"}');
});

test('what makes no sense in an address is left out', () => {
  expect(liveSearch({ text: '', types: [], device: {}, other: 'x' })).toEqual({});
  expect(liveSearch({ types: 'refused' })).toEqual({});
  expect(liveSearch({ types: ['refused', 7] })).toEqual({ types: ['refused'] });
  expect(isFilter(liveSearch({ text: '' }))).toBe(false);
  expect(isFilter(liveSearch({ device: 'x' }))).toBe(true);
});
