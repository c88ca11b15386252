import { describe, expect, it } from 'vitest';
import type { Settings } from '../../api/schema';
import { formatHint, formatProblem, sampleIdentity } from './identityFormat';

type Format = Settings['identity_format'];
const format = (type: string, prefix = '', length = 0, casing: Format['options']['casing'] = 'mixed'): Format => ({
  type,
  prefix,
  options: { length, casing },
});

const Cases: [string, Format, string, string][] = [
  ['anything', format('opaque'), 'pump 1', '..'],
  ['a prefix', format('opaque', 'p-'), 'p-1', 'x-1'],
  ['a prefix alone', format('opaque', 'p-'), 'p-1', 'p-'],
  ['a length', format('opaque', '', 4), '1234', '123'],
  ['digits', format('base10'), '0123', '12a'],
  ['upper case', format('base16', '', 0, 'upper'), 'AB12', 'ab12'],
  ['lower case', format('base16', '', 0, 'lower'), 'ab12', 'AB12'],
  ['a MAC address', format('mac:48'), '00:14:2d:00:00:01', '00:14:2d:00:00'],
  ['one separator', format('mac:48'), '00142d000001', '00:14-2d:00:00:01'],
  ['colons', format('mac:48:colon'), '00:14:2d:00:00:01', '00-14-2d-00-00-01'],
  ['a plain one', format('mac:48:plain'), '00142d000001', '00:14:2d:00:00:01'],
  ['a UUID', format('uuid'), '6d3b5b0e-8d0f-4b52-9d5e-0d5b1f0a9c11', '6d3b5b0e-8d0f-1b52-9d5e-0d5b1f0a9c11'],
];

describe.each(Cases)('%s', (_, wanted, good, bad) => {
  it('is told from what it is not', () => {
    expect(formatProblem(wanted, good)).toBe('');
    expect(formatProblem(wanted, bad)).not.toBe('');
  });

  it('has samples of its own', () => {
    expect(formatProblem(wanted, sampleIdentity(wanted))).toBe('');
  });

  it('is said in words', () => {
    expect(formatHint(wanted)).toMatch(/\.$/);
  });
});

describe('formatProblem', () => {
  it('says nothing before anything was typed', () => {
    expect(formatProblem(format('base10'), '')).toBe('');
  });

  it.each(['a\nb', 'a%2Fb', '.'])('refuses %j, which no identity can be', (text) => {
    expect(formatProblem(format('opaque'), text)).not.toBe('');
  });
});
