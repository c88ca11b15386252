import { expect, test } from 'vitest';
import { isReturn } from './return';

test.each([
  ['#code=c&state=s&session_state=x', true],
  ['#error=access_denied&error_description=no&state=s', true],
  ['', false],
  ['#', false],
  ['#state=s', false],
  ['#code=c', false],
  ['#section', false],
])('%s', (hash, expected) => {
  expect(isReturn(hash)).toBe(expected);
});
