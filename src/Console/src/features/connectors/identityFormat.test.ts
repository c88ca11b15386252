import { expect, test } from 'vitest';
import { IdentityTypes, whyNotIdentity, type IdentityFormat } from './identityFormat';

type Casing = IdentityFormat['options']['casing'];
const matches = (type: string, identity: string, prefix = '', casing: Casing = 'mixed', length = 0) =>
  whyNotIdentity({ type, prefix, options: { casing, length } }, identity) === undefined;

// The same cases as those of the app's own rules (IdentityFormatRulesTests).
test.each([
  ['opaque', 'anything at all', true],
  ['base10', '0123456789', true],
  ['base10', '12a', false],
  ['base10', '١٢', false],
  ['base16', '09afAF', true],
  ['base16', '09ag', false],
  ['mac:48', '0123456789ab', true],
  ['mac:48', '01:23:45:67:89:ab', true],
  ['mac:48', '01-23-45-67-89-AB', true],
  ['mac:48', '01:23-45:67:89:ab', false],
  ['mac:48', '01 23 45 67 89 ab', false],
  ['mac:48', '0123456789a', false],
  ['mac:48', '0123456789abc', false],
  ['mac:48', '0g:23:45:67:89:ab', false],
  ['mac:48:colon', '01:23:45:67:89:ab', true],
  ['mac:48:colon', '01-23-45-67-89-ab', false],
  ['mac:48:', '01-23-45-67-89-ab', false],
  ['mac:48:-', '01-23-45-67-89-ab', true],
  ['mac:48-', '01-23-45-67-89-ab', true],
  ['mac:48:dash', '0123456789ab', false],
  ['mac:48:plain', '0123456789ab', true],
  ['mac:48:plain', '01:23:45:67:89:ab', false],
  ['uuid', '3f2504e0-4f89-41d3-9a0c-0305e82c3301', true],
  ['uuid', '3F2504E0-4F89-41D3-BA0C-0305E82C3301', true],
  ['uuid', '3f2504e0-4f89-11d3-9a0c-0305e82c3301', false],
  ['uuid', '3f2504e0-4f89-41d3-7a0c-0305e82c3301', false],
  ['uuid', '3f2504e04f8941d39a0c0305e82c3301', false],
  ['something new', '1', false],
])('the type decides: %s %s %s', (type, identity, expected) => expect(matches(type, identity)).toBe(expected));

test.each([
  ['SN-', 'SN-12', true],
  ['SN-', 'sn-12', false],
  ['SN-', '12', false],
  ['SN-', 'SN-', false],
  ['SN-', 'SN-x', false],
])('the prefix %s stands in front of %s as it is written: %s', (prefix, identity, expected) =>
  expect(matches('base10', identity, prefix)).toBe(expected),
);

test.each<[string, string, Casing, boolean]>([
  ['base16', 'AB12', 'upper', true],
  ['base16', 'Ab12', 'upper', false],
  ['base16', 'ab12', 'lower', true],
  ['base16', 'Ab12', 'lower', false],
  ['base16', 'Ab12', 'mixed', true],
  ['mac:48', '01:23:45:67:89:ab', 'upper', false],
  ['opaque', 'Ab', 'upper', true],
])('the casing counts for hexadecimal digits: %s %s %s %s', (type, identity, casing, expected) =>
  expect(matches(type, identity, '', casing)).toBe(expected),
);

test.each([
  [0, '1', true],
  [0.9, '12345', true],
  [4, '1234', true],
  [4, '12345', false],
  [12.67, '123456789012', true],
  [12.67, '1234567890123', false],
])('the length %s is that behind the prefix: %s %s', (length, rest, expected) =>
  expect(matches('base10', `SN${rest}`, 'SN', 'mixed', length)).toBe(expected),
);

test('a length counts characters, not their halves', () => expect(matches('opaque', '😀😀', '', 'mixed', 2)).toBe(true));

test.each(['', '.', '..', 'a%2fb', 'a\tb', '\ud800', 'x'.repeat(201)])('%j can be no identity at all', (identity) =>
  expect(matches('opaque', identity)).toBe(false),
);

test.each(IdentityTypes)('$type has a sample in its own hint', ({ type, hint }) => {
  const sample = /([0-9a-f]{2}[:-]){5}[0-9a-f]{2}|[0-9a-f]{12}|[0-9a-f-]{36}/.exec(type === 'uuid' ? hint.replace(/^.*: /, '') : hint)?.[0];
  expect(matches(type, sample ?? '12')).toBe(true);
});
