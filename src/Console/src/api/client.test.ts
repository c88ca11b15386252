import { afterEach, expect, test, vi } from 'vitest';
import { notedCalls } from './calls';
import { api } from './client';

afterEach(() => void vi.unstubAllGlobals());

const lock = (connector: string) =>
  api.POST('/api:1/service/{connector}/device2/jobs', { params: { path: { connector } }, body: { kind: 'lock', identities: ['pump-1'] } });

test('a change is noted once it has been made, and not when it was refused', async () => {
  const before = notedCalls().length;
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ reason: 'contention' }, { status: 409 })));
  await expect(lock('c1')).rejects.toMatchObject({ reason: 'contention' });
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  await expect(lock('c2')).rejects.toMatchObject({ reason: 'no-reply' });
  expect(notedCalls().length).toBe(before);

  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ id: 'j1' })));
  await lock('c3');
  expect(notedCalls().at(-1)).toMatchObject({ method: 'POST', body: '{"kind":"lock","identities":["pump-1"]}' });
  expect(notedCalls().at(-1)?.url).toContain('/service/c3/');
});
