import { afterEach, expect, test, vi } from 'vitest';
import { startsOf, type Target } from './target';

const devices = [
  { identity: 'has', status: 'provisioned' },
  { identity: 'waits', status: 'whitelisted' },
  { identity: 'late', status: 'expired' },
  { identity: 'also', status: 'provisioned' },
];

/** An app with these devices. */
function appOf(all: { identity: string; status: string }[]) {
  const asked: string[] = [];
  vi.stubGlobal('fetch', ({ url }: Request) => {
    const { pathname, searchParams } = new URL(url);
    asked.push(`${pathname.replace('/api:1/service/c1/device2/', '')}?${searchParams.get('q') ?? ''}`);
    const name = decodeURIComponent(/identity\/(.+)$/.exec(pathname)?.[1] ?? '');
    const one = all.find(({ identity }) => identity === name);
    return Promise.resolve(
      name === '' ? Response.json({ devices: all, mayLoadMore: false }) : one ? Response.json(one) : Response.json({}, { status: 404 }),
    );
  });
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

const revoke = (target: Target) => startsOf('c1', target, true, { kind: 'revoke' }, vi.fn(), new AbortController().signal);
const row = (identity: string) => ({ identity, auth: { expire: 0 } });

test('of devices that were selected, those with a credential are revoked; one that is gone is not made anew', async () => {
  const asked = appOf(devices);
  expect(await revoke({ identities: ['waits', 'also', 'gone', 'late', 'has'] })).toEqual([
    { kind: 'import', rows: [row('also'), row('has')] },
  ]);
  expect(asked).toHaveLength(5);
});

test('of devices that pass a filter, those with a credential are revoked, whatever the filter asks for', async () => {
  const asked = appOf(devices);
  expect(await revoke({ filter: 'status:locked' })).toEqual([{ kind: 'import', rows: [row('has'), row('also')] }]);
  expect(asked).toEqual(['identity?status:locked']);
});

test('many that were selected are looked up in the list', async () => {
  const asked = appOf(Array.from({ length: 101 }, (_, i) => ({ identity: `d${i}`, status: i % 2 === 0 ? 'provisioned' : 'expired' })));
  const [only] = await revoke({ identities: Array.from({ length: 101 }, (_, i) => `d${i}`) });
  expect(only?.rows).toHaveLength(51);
  expect(asked).toEqual(['identity?status:provisioned']);
});

test('where none has a credential, there is no job', async () => {
  appOf(devices);
  expect(await revoke({ identities: ['waits'] })).toEqual([]);
});
