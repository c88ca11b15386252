import { expect, test } from 'vitest';
import type { Value } from '../state/values';
import { allowedOf, draftOf } from './allowed';
import { aliasProblem, resourceProblems, type Resource, type ResourceFormat } from './resources';

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

test.each<[ResourceFormat, Value[]]>([
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
