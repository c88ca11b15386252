import { expect, test } from 'vitest';
import { endpointsOf } from './endpoint';

test.each([
  ['c1.m2.example', false, {}, { https: 'c1.m2.example' }],
  ['c1.m2.example', true, {}, { https: 'c1.m2.example', http: 'c1.devmode-m2.example' }],
  ['c1.m2.localhost:7443', true, { devmodePort: 7071 }, { https: 'c1.m2.localhost:7443', http: 'c1.devmode-m2.localhost:7071' }],
  ['c1.m2.example', true, { devmodePort: 80 }, { https: 'c1.m2.example', http: 'c1.devmode-m2.example' }],
  ['c1.m2.example', true, { devmodePort: 0, devmodeDomain: 'dev.example:8080' }, { https: 'c1.m2.example', http: 'c1.dev.example:8080' }],
  ['app.example', true, { devmodePort: 7071 }, { https: 'app.example' }],
])('%s, developer mode %s, %j', (fqdn, devmode, config, expected) => {
  expect(endpointsOf('c1', fqdn, devmode, { devmodePort: 0, ...config })).toEqual(expected);
});
