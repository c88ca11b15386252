import { describe, expect, it } from 'vitest';
import type { Resource } from '../../api/schema';
import { allowedText, choicesOf, guessFormat, isEntry, numberOf, problemOf, rangeOf, standingOf, valueOf, type Value } from './values';

const resource = (change: Partial<Resource> = {}): Resource => ({
  format: 'number',
  unit: '',
  settable: true,
  sync: true,
  allowed: [],
  ...change,
});

describe('numbers', () => {
  it.each(['7', '-7', '+7', '7.5', '.5', '5.', '1e3', '1.5E-3'])('%s is one', (text) => expect(numberOf(text)).toBe(Number(text)));
  it.each(['', ' 7', '7 ', '1,5', '0x10', 'Infinity', 'NaN', '1e999', '-', '.', '1e', '7\0'])('%j is none', (text) =>
    expect(numberOf(text)).toBeUndefined(),
  );
});

describe('ranges', () => {
  it.each<[Value, number, number, string, string]>([
    [7, 7, 7, '7', '7'],
    ['7.0', 7, 7, '7.0', '7.0'],
    ['0:100', 0, 100, '0', '100'],
    ['9-11', 9, 11, '9', '11'],
    ['-5--1', -5, -1, '-5', '-1'],
    ['-5:-1', -5, -1, '-5', '-1'],
    ['1e-3:1', 0.001, 1, '1e-3', '1'],
    ['5:1.7976931348623157e308', 5, Infinity, '5', ''],
    ['-1.7976931348623157e308:5', -Infinity, 5, '', '5'],
    ['-1.7976931348623157e308:1.7976931348623157e308', -Infinity, Infinity, '', ''],
  ])('%j is from %d to %d', (entry, low, high, from, to) => expect(rangeOf(entry)).toEqual({ low, high, from, to }));
  it.each(['', ':', '5:', ':5', 'a:b', '9:1', true])('%j is none', (entry) => expect(rangeOf(entry)).toBeUndefined());
});

describe('a new value', () => {
  it('of a number is within a range, both ends included', () => {
    const number = resource({ allowed: ['5:30', 99] });
    expect(['5', '30', '17.25', '99'].map((text) => problemOf(number, text))).toEqual(['', '', '', '']);
    expect(problemOf(number, '30.1')).toBe('Allowed: 5 to 30, 99.');
    expect(problemOf(resource({ allowed: ['5:1.7976931348623157e308'] }), '1e300')).toBe('');
    expect(problemOf(resource({ allowed: ['5:1.7976931348623157e308'] }), '4')).toBe('Allowed: at least 5.');
    expect(problemOf(number, '')).toBe('A number is missing.');
    expect(problemOf(number, 'warm')).toContain('not a number');
  });

  it('of a boolean is true or false', () => {
    expect(problemOf(resource({ format: 'boolean' }), 'true')).toBe('');
    expect(problemOf(resource({ format: 'boolean' }), 'True')).not.toBe('');
    expect(problemOf(resource({ format: 'boolean', allowed: [true] }), 'false')).toBe('Allowed: true.');
  });

  it('of a string may be empty, and has at most 64 KB of UTF-8', () => {
    const text = resource({ format: 'string' });
    expect(problemOf(text, '')).toBe('');
    expect(problemOf(text, 'x'.repeat(65_536))).toBe('');
    expect(problemOf(text, 'x'.repeat(65_537))).toBe('A value has at most 64 KB.');
    expect(problemOf(text, 'é'.repeat(32_769))).toBe('A value has at most 64 KB.');
    expect(problemOf(resource({ format: 'string', allowed: ['eco', 5] }), '5')).toBe('');
    expect(problemOf(resource({ format: 'string', allowed: ['eco'] }), 'Eco')).toBe('Allowed: eco.');
  });

  it('is sent as what it is, and as text where JavaScript would change its digits', () => {
    expect(valueOf({ format: 'number' }, '22.5')).toBe(22.5);
    expect(valueOf({ format: 'number' }, '22.50')).toBe('22.50');
    expect(valueOf({ format: 'number' }, '12345678901234567890')).toBe('12345678901234567890');
    expect(valueOf({ format: 'number' }, 'Infinity')).toBe('Infinity');
    expect(valueOf({ format: 'boolean' }, 'false')).toBe(false);
    expect(valueOf({ format: 'boolean' }, 'no')).toBe('no');
    expect(valueOf({ format: 'string' }, '5')).toBe('5');
  });
});

describe('choices', () => {
  it('are there where only single values are allowed', () => {
    expect(choicesOf(resource({ allowed: [1, '2'] }))).toEqual(['1', '2']);
    expect(choicesOf(resource({ allowed: [1, '2:3'] }))).toBeUndefined();
    expect(choicesOf(resource())).toBeUndefined();
    expect(choicesOf(resource({ format: 'boolean' }))).toEqual(['true', 'false']);
    expect(choicesOf(resource({ format: 'string', allowed: ['0:100', 'x'] }))).toEqual(['0:100', 'x']);
    expect(choicesOf(resource({ format: 'string' }))).toBeUndefined();
  });

  it.each<[Resource['format'], Value[], string]>([
    ['string', [], ''],
    ['string', ['on', 'off', ''], 'on, off, ""'],
    ['string', ['9-11'], '9-11'],
    ['number', ['0:100'], '0 to 100'],
    ['number', ['-5--1', 7], '-5 to -1, 7'],
    ['number', ['0:1.7976931348623157e308'], 'at least 0'],
    ['number', ['-1.7976931348623157e308:5.0'], 'at most 5.0'],
    ['number', ['-1.7976931348623157e308:1.7976931348623157e308'], 'any number'],
    ['boolean', [true], 'true'],
  ])('of a %s, %j, are told in words', (format, allowed, words) => expect(allowedText({ format, allowed })).toBe(words));

  it('are of the format', () => {
    expect((['number', 'string', 'boolean'] as const).map((format) => isEntry(format, 'a'))).toEqual([false, true, false]);
    expect((['number', 'string', 'boolean'] as const).map((format) => isEntry(format, '0:5'))).toEqual([true, true, false]);
    expect((['number', 'string', 'boolean'] as const).map((format) => isEntry(format, true))).toEqual([false, true, true]);
  });
});

describe('the standing of a value', () => {
  it('is pending while the device has not written what the cloud set', () => {
    expect(standingOf(resource(), { reported: '20', set: 22, timestamp: 5 })).toBe('pending');
    expect(standingOf(resource(), { set: 22, timestamp: 5 })).toBe('pending');
    expect(standingOf(resource(), { reported: '22', set: 22, timestamp: 5 })).toBe('agreed');
    expect(standingOf(resource({ format: 'boolean' }), { reported: 'true', set: true, timestamp: 5 })).toBe('agreed');
  });

  it('is nobody’s command at the beginning, without sync or where the cloud may not set', () => {
    expect(standingOf(resource(), { set: 22, timestamp: 0 })).toBe('initial');
    expect(standingOf(resource(), undefined)).toBe('none');
    expect(standingOf(resource(), { timestamp: 0 })).toBe('none');
    expect(standingOf(resource({ sync: false }), { set: 22, reported: '20', timestamp: 5 })).toBe('agreed');
    expect(standingOf(resource({ settable: false }), { set: 22, reported: '20', timestamp: 5 })).toBe('none');
  });
});

it('a format is guessed from a value', () => {
  expect(['21.5', 'true', 'on', ''].map(guessFormat)).toEqual(['number', 'boolean', 'string', 'string']);
});
