import { expect, it } from 'vitest';
import type { Resource } from '../../api/schema';
import { SeenValues } from './seen';
import { Series } from './series';

it('a series keeps the newest points, oldest first', () => {
  const series = new Series(3);
  [1, 2, 3, 4, 5].forEach((time) => series.push(time, time * 10));
  expect(series.read()).toEqual({ times: [3, 4, 5], values: [30, 40, 50] });
  expect(series.count).toBe(3);
  expect(series.last).toBe(5);
});

it('a series passes over what is not newer', () => {
  const series = new Series(3);
  expect([series.push(5, 1), series.push(5, 2), series.push(4, 3), series.push(6, 4)]).toEqual([true, false, false, true]);
  expect(series.read()).toEqual({ times: [5, 6], values: [1, 4] });
});

it('an empty series has nothing', () => {
  expect(new Series(2).read()).toEqual({ times: [], values: [] });
  expect(new Series(2).last).toBe(0);
});

const temp: Resource = { format: 'number', unit: '', settable: false, sync: true, allowed: [] };

it('what is seen live and what is read make one series, without repetition', () => {
  const seen = new SeenValues();
  seen.noteState({ temp: { reported: '20', timestamp: 5, reportedAt: 5 } }, { temp });
  seen.noteEvents([{ type: 'data_in', timestamp: 6, payload: [{ timestamp: 6, values: { temp: '21', other: 'x' } }] }]);
  seen.noteState({ temp: { reported: '21', timestamp: 6, reportedAt: 6 } }, { temp });
  expect(seen.series('temp')?.read()).toEqual({ times: [5, 6], values: [20, 21] });
  expect(seen.undefinedOf({ temp })).toEqual([['other', { value: 'x', timestamp: 6 }]]);
  expect(seen.setAt('temp')).toBeUndefined();
});

it('a report has its own time, also below a command that is newer; what was never reported makes no point', () => {
  const seen = new SeenValues(0);
  seen.noteState({ temp: { reported: '20', set: 22, timestamp: 5, reportedAt: 3, setAt: 5 } }, { temp: { ...temp, settable: true } });
  seen.noteState({ other: { set: 22, timestamp: 0 } }, { other: { ...temp, settable: true } });
  expect(seen.series('temp')?.read()).toEqual({ times: [3], values: [20] });
  expect(seen.series('other')).toBeUndefined();
});

it('names without end are not kept without end', () => {
  const seen = new SeenValues();
  for (let i = 0; i < 1_000; i++) {
    seen.noteEvents([{ type: 'data_in', timestamp: i + 1, payload: [{ timestamp: i + 1, values: { [`n${i}`]: '1' } }] }]);
  }
  expect(seen.undefinedOf({})).toHaveLength(200);
});
