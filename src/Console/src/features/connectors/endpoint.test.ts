import { expect, test } from 'vitest';
import { deviceBase, endpointsOf } from './endpoint';

test.each([
  ['c1.m2.example', false, 'devmode-m2.example', { https: 'c1.m2.example' }],
  ['c1.m2.example', true, 'devmode-m2.example', { https: 'c1.m2.example', http: 'c1.devmode-m2.example' }],
  ['c1.m2.localhost:7443', true, 'dev.example:8080', { https: 'c1.m2.localhost:7443', http: 'c1.dev.example:8080' }],
  ['app.example', true, '', { https: 'app.example' }],
])('%s, developer mode %s, %s', (fqdn, devmode, domain, expected) => {
  expect(endpointsOf('c1', fqdn, devmode, domain)).toEqual(expected);
});

test.each([
  ['http://localhost:7071', 'http://localhost:7071'],
  ['https://localhost:7443', 'https://c1.m2.example'],
  ['https://app.example', 'https://c1.m2.example'],
])('a page at %s shows commands for %s', (origin, expected) => {
  expect(deviceBase('c1.m2.example', new URL(origin))).toBe(expected);
});
