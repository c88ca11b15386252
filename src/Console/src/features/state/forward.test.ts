import { describe, expect, it } from 'vitest';
import type { Resource, State } from '../../api/schema';
import { forward, momentsOf, withEvent, type ValueEvent } from './forward';

const measured: Resource = { format: 'number', unit: '', settable: false, sync: true, allowed: [] };
const resources = { temp: measured, point: { ...measured, settable: true }, plain: { ...measured, settable: true, sync: false } };
const event = (type: string, timestamp: number, values: Record<string, unknown>, eventTime = timestamp): ValueEvent => ({
  type,
  timestamp: eventTime,
  payload: [{ timestamp, values }],
});

describe('what is read', () => {
  it('replaces what is as old or older, and nothing newer', () => {
    const known: State = { a: { reported: 'new', timestamp: 9 }, b: { reported: 'old', timestamp: 1 }, c: { reported: 'x', timestamp: 5 } };
    const read: State = {
      a: { reported: 'late', timestamp: 8 },
      b: { reported: 'newer', timestamp: 2 },
      c: { reported: 'y', timestamp: 5 },
    };
    expect(forward(known, read)).toEqual({ a: known.a, b: read.b, c: read.c });
  });

  it('decides which values there are', () =>
    expect(forward({ gone: { timestamp: 9 } }, { came: { timestamp: 1 } })).toEqual({ came: { timestamp: 1 } }));
});

describe('a live event', () => {
  it('moves a value forward only', () => {
    const state: State = { temp: { reported: '20', timestamp: 5 } };
    expect(withEvent(state, event('data_in', 6, { temp: '21' }), resources)).toEqual({
      temp: { reported: '21', timestamp: 6, reportedAt: 6 },
    });
    expect(withEvent(state, event('data_in', 4, { temp: '19' }), resources)).toBe(state);
  });

  it('of a time to come counts as now, so that what is read later counts', () => {
    const after = withEvent({}, event('data_in', 1e9, { temp: '21' }, 6), resources);
    expect(after.temp?.timestamp).toBe(6);
  });

  it('acknowledges what the device writes as it was set', () => {
    const pending: State = { point: { reported: '20', set: 22, timestamp: 5, reportedAt: 3, setAt: 5 } };
    expect(withEvent(pending, event('data_in', 6, { point: '22' }), resources)).toEqual({
      point: { reported: '22', set: '22', timestamp: 6, reportedAt: 6 },
    });
    expect(withEvent(pending, event('data_in', 6, { point: '20' }), resources)).toEqual({
      point: { reported: '20', set: 22, timestamp: 6, reportedAt: 6, setAt: 5 },
    });
    const agreed: State = { point: { reported: '20', set: '20', timestamp: 5 } };
    expect(withEvent(agreed, event('data_in', 6, { point: '21' }), resources)).toEqual({
      point: { reported: '21', set: '21', timestamp: 6, reportedAt: 6 },
    });
  });

  it('of the cloud sets, without sync both sides', () => {
    expect(withEvent({ point: { reported: '20', timestamp: 5, reportedAt: 5 } }, event('data_out', 6, { point: 22 }), resources)).toEqual({
      point: { reported: '20', set: 22, timestamp: 6, reportedAt: 5, setAt: 6 },
    });
    expect(withEvent({}, event('data_out', 6, { plain: 1 }), resources)).toEqual({
      plain: { reported: 1, set: 1, timestamp: 6, reportedAt: 6 },
    });
  });

  it('makes no value of names that are no resources, whatever they are', () => {
    expect(withEvent({}, event('data_in', 6, { other: '1', constructor: '2', toString: '3' }), resources)).toEqual({});
  });

  it('without a payload that makes sense changes nothing', () => {
    for (const payload of [
      undefined,
      null,
      {},
      [null],
      [{}],
      [{ timestamp: 'x', values: {} }],
      [{ timestamp: 1, values: { temp: { a: 1 } } }],
    ]) {
      expect(withEvent({}, { type: 'data_in', timestamp: 1, payload }, resources)).toEqual({});
    }
    expect(momentsOf({ type: 'connect', timestamp: 1, payload: [{ timestamp: 1, values: { a: '1' } }] })).toEqual([]);
  });
});
