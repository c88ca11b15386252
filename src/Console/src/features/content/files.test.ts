import { expect, test } from 'vitest';
import { folderOf, ownerOf, tagsOf, tagsText, TooManyBytes, whyNot } from './files';
import { contentSearch } from './search';
import { resultsCsv, rowsOf } from './uploads';

test('the folder of a device leads back to it, whatever its identity', () => {
  for (const identity of ['pump-1', '00:14', 'a/b', 'a*b', '*2F', '/', 'ü']) {
    expect(ownerOf(`${folderOf(identity)}log.txt`)).toBe(identity);
  }

  expect(folderOf('a/b*c')).toBe('device2/a*2Fb*2Ac/');
});

test('files of the connector have no owner', () => {
  expect(['boot.png', 'device2', 'device2/', 'device2/x', 'other/x/y', ''].map(ownerOf)).toEqual(Array(6).fill(undefined));
});

test('tags are read as pairs, several values of a name as a list', () => {
  expect(tagsOf('')).toEqual({});
  expect(tagsOf(' kind = firmware , site=oslo,site=a=b\n')).toEqual({ kind: 'firmware', site: ['oslo', 'a=b'] });
  expect(tagsOf('empty=')).toEqual({ empty: '' });
  expect([tagsOf('kind'), tagsOf('=x'), tagsOf('a=1,b')]).toEqual([undefined, undefined, undefined]);
  expect(tagsText({ kind: 'firmware', site: ['oslo', 'rome'] })).toBe('kind=firmware, site=oslo, site=rome');
  expect(tagsText(undefined)).toBe('');
});

test('what the API would refuse is said before', () => {
  expect(whyNot('a', TooManyBytes - 1)).toBe('');
  expect(whyNot('a', 0)).toBe('');
  expect(whyNot('a', TooManyBytes)).toContain('64 MB');
  expect(whyNot('', 1)).toContain('id');
  expect(whyNot('device2/p/x', 1)).toContain('device2/');
  expect(whyNot('x'.repeat(701), 1)).toContain('too long');
});

test('what makes no sense in an address is left out', () => {
  expect(contentSearch({ prefix: '', tag: {}, other: 'x' })).toEqual({});
  expect(contentSearch({ prefix: 'a', tag: 'b=c' })).toEqual({ prefix: 'a', tag: 'b=c' });
});

test('results are a table with a line for each file', () => {
  const [a, b] = rowsOf([new File(['abc'], 'a,b.txt'), new File([], '=x')]);
  expect(
    a &&
      b &&
      resultsCsv([
        { ...a, state: 'done' },
        { ...b, state: 'failed', problem: 'Too "large".' },
      ]),
  ).toBe('id,size,result,problem\r\n"a,b.txt",3,done,\r\n\'=x,0,failed,"Too ""large""."\r\n');
});
