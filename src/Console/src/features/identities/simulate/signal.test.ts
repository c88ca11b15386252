import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../api/schema';
import { problemOf } from '../../state/values';
import { acknowledgedBy, measuredAt, settableOf, signalOf } from './signal';

const resource = (change: Partial<Resource> = {}): Resource => ({
  format: 'number',
  unit: '',
  settable: false,
  sync: true,
  allowed: [],
  ...change,
});

describe('what a simulated device writes', () => {
  it.each([
    resource(),
    resource({ allowed: ['0:100'] }),
    resource({ allowed: ['-5--1'] }),
    resource({ allowed: ['0.001:0.002'] }),
    resource({ allowed: ['1e-9:2e-9'] }),
    resource({ allowed: [3, '1000000:9000000'] }),
    resource({ allowed: ['5:1.7976931348623157e308'] }),
    resource({ allowed: ['-1.7976931348623157e308:30'] }),
    resource({ allowed: ['-1.7976931348623157e308:1.7976931348623157e308'] }),
    resource({ allowed: ['-1.7e308:1.7e308'] }),
    resource({ allowed: ['1.7e308:1.7976931348623157e308'] }),
    resource({ allowed: [1, 2] }),
    resource({ format: 'boolean' }),
    resource({ format: 'boolean', allowed: [true] }),
    resource({ format: 'string' }),
    resource({ format: 'string', allowed: ['a', 'b'] }),
  ])('is allowed: %j', (one) => {
    const values = Array.from({ length: 200 }, (_, step) => signalOf(one, step));
    expect(values.map((value) => problemOf(one, value)).filter((problem) => problem !== '')).toEqual([]);
    expect(new Set(values).size).toBeGreaterThan(one.allowed.length === 1 && one.format === 'boolean' ? 0 : 1);
  });

  it.each([
    ['5:1.7976931348623157e308', 5, 105],
    ['-1.7976931348623157e308:30', -70, 30],
    ['-1.7976931348623157e308:1.7976931348623157e308', 0, 100],
  ])('is near the end that there is: %s', (entry, low, high) => {
    const values = Array.from({ length: 200 }, (_, step) => Number(signalOf(resource({ allowed: [entry] }), step)));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(low);
    expect(Math.max(...values)).toBeLessThanOrEqual(high);
  });

  it('is what only devices write, or the usual where there is nothing', () => {
    expect(Object.keys(measuredAt({ a: resource(), b: resource({ settable: true }) }, 0))).toEqual(['a']);
    expect(Object.keys(measuredAt({}, 0))).toEqual(['temperature', 'humidity']);
    expect(Object.keys(measuredAt({ temperature: resource({ settable: true }) }, 0))).toEqual(['humidity']);
  });

  it('is no more than a request takes', () => {
    const many = Object.fromEntries(Array.from({ length: 999 }, (_, index) => [`r${index}`, resource({ settable: index % 2 === 0 })]));
    expect(Object.keys(measuredAt(many, 0)).length + settableOf(many).length).toBeLessThanOrEqual(97);
  });
});

describe('what it acknowledges', () => {
  const resources = { point: resource({ settable: true, allowed: ['5:30'] }), temp: resource() };

  it('is what the cloud wants and it has not', () => {
    expect(acknowledgedBy(resources, new Map([['point', '22']]), new Map([['point', '20']]))).toEqual({ point: '22' });
    expect(acknowledgedBy(resources, new Map([['point', '22']]), new Map([['point', '22']]))).toEqual({});
    expect(acknowledgedBy(resources, new Map([['point', '22']]), new Map())).toEqual({ point: '22' });
  });

  it('is a value of its own where there is none, once', () => {
    const begun = acknowledgedBy(resources, new Map(), new Map());
    expect(problemOf(resources.point, begun.point ?? '')).toBe('');
    expect(acknowledgedBy(resources, new Map(), new Map(Object.entries(begun)))).toEqual({});
  });
});
