import { expect, test } from 'vitest';
import { allowedOf, draftOf, isNumber, rangeOf } from './allowed';
import { aliasProblem, allowedText, isAllowed, resourceProblems, typed, type Entry, type Resource, type ResourceFormat } from './resources';

const resource = (change: Partial<Resource>): Resource => ({
  format: 'string',
  unit: '',
  settable: false,
  allowed: [],
  sync: true,
  ...change,
});

test.each(['temperature', 'a b', 'ünïcode', 'a/b', '100%', '__proto__', 'x'.repeat(480), 'ü'.repeat(80)])('%s can be an alias', (alias) =>
  expect(aliasProblem(alias)).toBeUndefined(),
);

test.each(['', 'a.b', '$x', 'a\nb', 'a%2fb', '\ud800', 'x'.repeat(481), 'ü'.repeat(81)])('%j cannot be an alias', (alias) =>
  expect(aliasProblem(alias)).toBeDefined(),
);

test.each(['0', '-1', '+1', '1.5', '1.', '.5', '1e3', '1E-3'])('%s is a number', (text) => expect(isNumber(text)).toBe(true));
test.each(['', ' 1', '1,5', '0x10', 'Infinity', 'NaN', '1e999', '1_000', '--1', '1 '])('%j is no number', (text) =>
  expect(isNumber(text)).toBe(false),
);

test.each<[Entry, [string, string] | undefined]>([
  [7, ['7', '7']],
  ['7', ['7', '7']],
  ['0:100', ['0', '100']],
  ['9-11', ['9', '11']],
  ['-5--1', ['-5', '-1']],
  ['-5:-1', ['-5', '-1']],
  ['1e-3:1', ['1e-3', '1']],
  ['5:1', undefined],
  ['0:', undefined],
  [':5', undefined],
  ['a:b', undefined],
  ['', undefined],
  [true, undefined],
])('%j as a range', (entry, expected) => {
  expect(rangeOf(entry)).toEqual(expected === undefined ? undefined : { low: expected[0], high: expected[1] });
});

test.each<[ResourceFormat, Entry[], string]>([
  ['string', [], 'anything'],
  ['string', ['on', 'off'], 'on, off'],
  ['string', ['9-11'], '9-11'],
  ['number', ['0:100'], '0 to 100'],
  ['number', [1, '3-4'], '1, 3 to 4'],
  ['number', ['0:1.7976931348623157e308'], 'at least 0'],
  ['number', ['-1.7976931348623157e308:5'], 'at most 5'],
  ['boolean', [true], 'true'],
])('%s %j in words', (format, allowed, words) => expect(allowedText({ format, allowed })).toBe(words));

test.each<[ResourceFormat, Entry[]]>([
  ['number', []],
  ['number', ['0:100']],
  ['number', ['-1.7976931348623157e308:5']],
  ['number', ['0:1.7976931348623157e308']],
  ['number', [1, 2.5, '9-11']],
  ['number', ['12345678901234567890']],
  ['string', ['a', ' b', '', '"quoted"', 'two\nlines', '0:100', '7']],
  ['boolean', [true, false]],
])('%s %j survives an edit', (format, allowed) => expect(allowedOf(format, draftOf(format, allowed))).toEqual(allowed));

test('an open range of both ends allows anything', () => {
  expect(allowedOf('number', { kind: 'range', low: ' ', high: '', list: '' })).toEqual([]);
});

test.each<[Partial<Resource>, string, boolean]>([
  [{ format: 'number', allowed: ['0:10'] }, '10', true],
  [{ format: 'number', allowed: ['0:10'] }, '10.5', false],
  [{ format: 'number', allowed: ['0:10', 20] }, '20.0', true],
  [{ format: 'string', allowed: ['a', 7] }, '7', true],
  [{ format: 'string', allowed: ['a'] }, 'A', false],
])('%j allows %s: %s', (change, text, expected) => expect(isAllowed(resource(change), text)).toBe(expected));

test.each<[Partial<Resource>, string[]]>([
  [{}, []],
  [{ unit: 'x'.repeat(201) }, ['unit']],
  [{ format: 'number', allowed: ['a'] }, ['allowed']],
  [{ format: 'boolean', allowed: ['yes'] }, ['allowed']],
  [{ allowed: Array.from({ length: 501 }, (_, i) => `${i}`) }, ['allowed']],
  [{ initial: 'x' }, ['initial']],
  [{ settable: true, initial: 'x' }, []],
  [{ settable: true, format: 'number', initial: 'x' }, ['initial']],
  [{ settable: true, format: 'boolean', initial: true }, []],
  [{ settable: true, format: 'number', allowed: ['0:5'], initial: 6 }, ['initial']],
  [{ settable: true, initial: 'x'.repeat(65_537) }, ['initial']],
  [{ settable: true, initial: 'x'.repeat(9_000) }, ['whole']],
])('%# is judged as by the API', (change, fields) => expect(Object.keys(resourceProblems(resource(change)))).toEqual(fields));

test('a value takes the type of its format', () => {
  expect(typed('number', '1.5')).toBe(1.5);
  expect(typed('number', '1.50')).toBe('1.50');
  expect(typed('boolean', 'true')).toBe(true);
  expect(typed('string', '1')).toBe('1');
});
