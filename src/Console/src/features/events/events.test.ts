import { expect, test } from 'vitest';
import { urlProblem } from './events';

test.each(['https://events.example.com/murano', 'http://127.0.0.1:8080/', 'https://e.example/?***', 'https://[2001:db8::1]/x'])(
  '%s may be called',
  (url) => expect(urlProblem(url, 'webhook')).toBeUndefined(),
);

test.each([
  '',
  'x',
  'example.com',
  'ftp://example.com',
  'https://',
  'https://a b/',
  'https://u:p@e.example/',
  'https://e.example/#x',
  `https://e.example/${'x'.repeat(2_000)}`,
  'https:\\e.example',
  'javascript:alert(1)',
])('%j may not', (url) => expect(urlProblem(url, 'webhook')).toBeDefined());

test('a topic is called by https', () =>
  expect(urlProblem('http://t.westeurope-1.eventgrid.azure.net/api/events', 'eventgrid')).toBeDefined());
