import { expect, test } from 'vitest';
import { targetOf } from './target';

test.each([
  ['/connectors/c1/devices', '/connectors/c1/devices'],
  ['/connectors/c1/devices?q=tag%3Asite%3Doslo#top', '/connectors/c1/devices?q=tag%3Asite%3Doslo#top'],
  ['/connectors/../connectors/c1', '/connectors/c1'],
])('%s is an address of this page', (to, expected) => expect(targetOf(to)).toBe(expected));

test.each([
  undefined,
  7,
  '',
  '/',
  'connectors',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/..//evil.example',
  'https://evil.example/',
  'javascript:alert(1)',
  '/sign-in',
  '/sign-in?to=/sign-in',
  '/a\nb',
])('%j leads elsewhere, or nowhere', (to) => expect(targetOf(to)).toBeUndefined());
