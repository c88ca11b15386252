import { expect, test } from 'vitest';
import { readPairs, readTagLines } from './tagPairs';

test('pairs are read between separators, with blanks around them left out', () => {
  expect(readPairs(' a = 1 , b=x=y,\nc=', /[,\n]/)).toEqual({
    pairs: [
      { name: 'a', value: '1' },
      { name: 'b', value: 'x=y' },
      { name: 'c', value: '' },
    ],
    bad: [],
  });
  expect(readPairs('', /,/)).toEqual({ pairs: [], bad: [] });
  expect(readPairs('a,=x,b=1', /,/)).toEqual({ pairs: [{ name: 'b', value: '1' }], bad: ['a', '=x'] });
});

test('a line of a device has a name and a value, which may hold commas', () => {
  expect(readTagLines('site=Oslo, north\r\n\nfloor=2')).toEqual({
    tags: [
      { name: 'site', value: 'Oslo, north' },
      { name: 'floor', value: '2' },
    ],
    problem: '',
  });
  expect(readTagLines('site')).toEqual({ tags: [], problem: 'This is not name=value: site' });
  expect(readTagLines('site=Oslo\nfloor= ')).toEqual({ tags: [], problem: 'This is not name=value: floor=' });
});
