import { expect, test } from 'vitest';
import { addressProblem, addressWarning } from './addresses';

test.each([
  '203.0.113.7',
  '0.0.0.0/0',
  '203.0.113.0/24',
  '10.0.0.0/32',
  '::',
  '::1',
  '2001:db8::1',
  '2001:DB8:0:0:0:0:0:1',
  '2001:db8::/32',
  '::ffff:203.0.113.7',
  'fe80::1/128',
])('%s is an address or a range', (text) => expect(addressProblem(text)).toBeUndefined());

test.each([
  '',
  '7',
  '203.0.113',
  '203.0.113.256',
  '203.0.113.07',
  '203.0.113.7.1',
  '203.0.113.0/33',
  '203.0.113.0/',
  '203.0.113.0/-1',
  '203.0.113.0/2/4',
  '203.0.113.0 /24',
  'example.com',
  ':',
  ':::',
  '1::2::3',
  '2001:db8:1',
  '1:2:3:4:5:6:7:8:9',
  '1:2:3:4:5:6:7:8::',
  '12345::',
  'g::1',
  '::1/129',
  '::203.0.113.7.1',
  '1.2.3.4::',
])('%j is none', (text) => expect(addressProblem(text)).toBeDefined());

test('a range of everything is remarked', () => {
  expect(addressWarning('0.0.0.0/0')).toBeDefined();
  expect(addressWarning('10.0.0.0/8')).toBeUndefined();
  expect(addressWarning('10.0.0.1')).toBeUndefined();
});
