import { describe, expect, it } from 'vitest';
import { closed, effectiveFilter, isCostly, readFilter, suggestionsFor, tagWord, valueIn, withValue, writeWord } from './filterText';

describe('readFilter', () => {
  it('takes words apart as the API does', () => {
    expect(readFilter('tag:site=Taipei status:provisioned  00:14:*')).toEqual([
      { name: 'tag', value: 'site=Taipei', raw: 'tag:site=Taipei' },
      { name: 'status', value: 'provisioned', raw: 'status:provisioned' },
      { name: '', value: '00:14:*', raw: '00:14:*' },
    ]);
  });

  it('keeps blanks in quotation marks and understands backslashes in them', () => {
    expect(readFilter(String.raw`tag:"site=New \"York\"" x`)?.map(({ value }) => value)).toEqual(['site=New "York"', 'x']);
  });

  it('takes a word that begins with a quotation mark for an identity', () => {
    expect(readFilter('"locked:yes"')).toEqual([{ name: '', value: 'locked:yes', raw: '"locked:yes"' }]);
  });

  it('reads the other spellings under one name', () => {
    expect(readFilter('id:a ipaddress:b')?.map(({ name }) => name)).toEqual(['identity', 'ip']);
  });

  it('cannot read a line in which a quotation mark is missing', () => {
    expect(readFilter('tag:"site=New')).toBeUndefined();
  });

  it.each(['', '   '])('reads no words in %j', (line) => {
    expect(readFilter(line)).toEqual([]);
  });
});

describe('withValue', () => {
  it('adds, replaces and removes a name, and leaves the rest as it was written', () => {
    expect(withValue('pump tag:"a b"', 'locked', 'yes')).toBe('pump tag:"a b" locked:yes');
    expect(withValue('locked:yes pump', 'locked', 'no')).toBe('pump locked:no');
    expect(withValue('locked:yes pump', 'locked', undefined)).toBe('pump');
    expect(valueIn('locked:yes pump', 'locked')).toBe('yes');
  });

  it('keeps what is typed while a quotation mark is missing, which it adds', () => {
    expect(withValue('locked:no tag:"site=New', 'locked', 'yes')).toBe('tag:"site=New" locked:yes');
    expect(withValue('tag:"site=New', 'locked', undefined)).toBe('tag:"site=New"');
    expect(withValue('tag:"site=a\\', 'locked', 'yes')).toBe('tag:"site=a\\\\" locked:yes');
    expect(valueIn('locked:no tag:"site=New', 'locked')).toBe('no');
    expect(closed('pump')).toBe('pump');
  });
});

describe('words that are written', () => {
  it.each(['plain', 'two words', 'quo"te', String.raw`back\slash and blank`, String.raw`back\slash`])(
    'come back as they were: %s',
    (value) => {
      expect(readFilter(writeWord('identity', value))?.[0]).toMatchObject({ name: 'identity', value });
    },
  );

  it('take the meaning from characters of a tag', () => {
    expect(tagWord('a=b', 'x*y')).toBe(String.raw`tag:a\=b=x\*y`);
    expect(tagWord('site', 'New York', true)).toBe('tag:"site=New York*"');
    expect(tagWord('site')).toBe('tag:site');
    expect(tagWord('a b', String.raw`c\d`)).toBe(String.raw`tag:"a b=c\\\\d"`);
  });
});

describe('effectiveFilter', () => {
  it('is the line itself while no tag is chosen', () => {
    expect(effectiveFilter(' locked:yes pump ', undefined)).toBe('locked:yes pump');
  });

  it('asks for devices with the chosen tag', () => {
    expect(effectiveFilter('', 'site')).toBe('tag:site');
    expect(effectiveFilter('locked:yes', 'site')).toBe('locked:yes tag:site');
  });

  it('searches for text in the values of the chosen tag', () => {
    expect(effectiveFilter('Tai', 'site')).toBe('tag:site=Tai*');
    expect(effectiveFilter('New Yo* online:yes', 'site')).toBe('online:yes tag:"site=New Yo*"');
    expect(effectiveFilter('identity:pump-*', 'site')).toBe('identity:pump-* tag:site');
  });

  it('leaves a line that cannot be read to the API', () => {
    expect(effectiveFilter('"x', 'site')).toBe('"x');
  });
});

describe('isCostly', () => {
  it('knows what only the devices can tell', () => {
    expect(isCostly('online:yes')).toBe(true);
    expect(isCostly('ip:10.*')).toBe(true);
    expect(isCostly('status:provisioned "online:yes"')).toBe(false);
  });
});

describe('suggestionsFor', () => {
  it('offers names, values and tags for the last word', () => {
    expect(suggestionsFor('lo', [])).toEqual(['locked:']);
    expect(suggestionsFor('locked:yes status:p', [])).toEqual(['locked:yes status:provisioned']);
    expect(suggestionsFor('tag:s', ['site', 'floor'])).toEqual(['tag:site']);
    expect(suggestionsFor('tag:', ['two words'])).toEqual(['tag:"two words"']);
    expect(suggestionsFor('locked:yes lo', [])).toEqual([]);
    expect(suggestionsFor('locked:yes', [])).toEqual([]);
  });
});
