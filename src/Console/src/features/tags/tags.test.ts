import { expect, it } from 'vitest';
import { nameProblem, valueProblem } from './tags';

it.each(['site', 'x'.repeat(80), 'app:1:name', 'a b', 'Ø', '...'])('%s can name a tag', (name) => expect(nameProblem(name)).toBe(''));

it.each(['', 'x'.repeat(81), '.', '..', 'a\u0007', 'a%2fb'])('%j cannot name a tag', (name) => expect(nameProblem(name)).not.toBe(''));

it('a value has at most 200 characters, and may be a dot', () => {
  expect(valueProblem('x'.repeat(200))).toBe('');
  expect(valueProblem('x'.repeat(201))).toBe('A value has at most 200 characters.');
  expect(valueProblem('.')).toBe('');
  expect(valueProblem('')).toBe('A value is missing.');
});
