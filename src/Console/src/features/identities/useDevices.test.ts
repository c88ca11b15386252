import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, renderHook } from '@testing-library/react';
import { createElement, type ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { IdentityPage, ListedIdentity } from '../../api/schema';
import { inTurn, pagesInSight, renewed, useDevices } from './useDevices';

const device = (identity: string, lastseen = 0): ListedIdentity => ({
  identity,
  auth: { type: 'token', expire: 0 },
  status: 'provisioned',
  locked: false,
  reprovision: false,
  devmode: false,
  lastip: '',
  lastprotocol: '',
  lastseen,
  online: false,
  presence: 'never',
});
const page = (...identities: string[]): IdentityPage => ({ mayLoadMore: true, devices: identities.map((identity) => device(identity)) });

describe('pagesInSight', () => {
  const pages = {
    pages: [page('a', 'b'), page('c', 'd'), page('e', 'f'), page('g')],
    pageParams: [undefined, '1', '2', '3'].map((cursor) => ({ cursor, limit: 2 })),
  };

  it.each([
    [0, 1, [undefined]],
    [1, 2, [undefined, '1']],
    [4, 5, ['2']],
    [6, 20, ['3']],
    [0, 6, [undefined, '1']],
  ])('finds those with rows %i to %i', (first, last, cursors) => {
    expect(pagesInSight(pages, { first, last }).map(({ cursor }) => cursor)).toEqual(cursors);
  });
});

describe('inTurn', () => {
  it.each([
    [0, 'ab'],
    [2, 'cd'],
    [4, 'ea'],
    [6, 'bc'],
  ])('takes so many from place %i on, and round the end', (from, taken) => {
    expect(inTurn(['a', 'b', 'c', 'd', 'e'], 2, from).join('')).toBe(taken);
  });

  it('takes all where they are no more than that', () => {
    expect(inTurn(['a', 'b'], 2, 1)).toEqual(['a', 'b']);
    expect(inTurn([], 2, 1)).toEqual([]);
  });
});

describe('renewed', () => {
  it('puts newer devices in the places of older ones', () => {
    const old = page('a', 'b');
    const now = renewed(old, new Map([['b', device('b', 5)]]));
    expect(now.devices.map(({ lastseen }) => lastseen)).toEqual([0, 5]);
    expect(now.devices[0]).toBe(old.devices[0]);
  });

  it('leaves those out that are no more', () => {
    expect(renewed(page('a', 'b'), new Map([['a', undefined]])).devices).toEqual([device('b')]);
  });

  it('is the same page when nothing is newer, so that nothing is drawn', () => {
    const old = page('a');
    expect(
      renewed(
        old,
        new Map([
          ['a', device('a')],
          ['z', device('z')],
        ]),
      ),
    ).toBe(old);
  });
});

describe('a list of several pages', () => {
  /** What the app has: pages by cursor, and devices one by one. */
  const app = { pages: new Map<string, IdentityPage>(), devices: new Map<string, ListedIdentity>(), isDown: false, asked: [] as string[] };

  const answer = ({ url }: Request): Response => {
    const { pathname, searchParams } = new URL(url);
    const [, identity] = pathname.split('/device2/identity/');
    app.asked.push(identity ?? `page ${searchParams.get('cursor') ?? 'first'}`);
    const found = identity !== undefined ? app.devices.get(identity) : app.pages.get(searchParams.get('cursor') ?? '');
    return app.isDown
      ? Response.json({ message: 'Busy.' }, { status: 500 })
      : found === undefined
        ? Response.json({ reason: 'unknown-identity' }, { status: 404 })
        : Response.json(found);
  };

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('fetch', (request: Request) => Promise.resolve(answer(request)));
    app.isDown = false;
    app.pages.set('', { ...page('a', 'b'), cursor: 'next' }).set('next', { ...page('c', 'd'), mayLoadMore: false });
    app.devices = new Map(['a', 'b', 'c', 'd'].map((identity) => [identity, device(identity)]));
  });
  afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  const pass = (time: number) => act(() => vi.advanceTimersByTimeAsync(time));

  /** The list, with both pages read and all rows in sight. */
  async function show() {
    const cache = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    const wrapper = ({ children }: { children: ReactNode }) => createElement(QueryClientProvider, { client: cache }, children);
    const { result } = renderHook(() => useDevices('c1', { hide: ['tags'] }), { wrapper });
    await pass(100);
    act(() => result.current.loadMore());
    await pass(100);
    act(() => result.current.onSight(0, 3));
    app.asked = [];
    return { result, seen: () => result.current.rows.map(({ identity, lastseen }) => `${identity}${lastseen}`).join(' ') };
  }

  it('shows that a device called which has left its page by that, and asks for such devices only one by one', async () => {
    const { seen } = await show();
    expect(seen()).toBe('a0 b0 c0 d0');
    app.pages.set('next', { ...page('d'), mayLoadMore: false });
    app.devices.set('c', device('c', 5));
    await pass(10_000);
    expect(seen()).toBe('a0 b0 c5 d0');
    expect(app.asked).toEqual(['page first', 'page next', 'c']);
  });

  it('loses a device that is no more', async () => {
    const { seen } = await show();
    app.pages.set('next', { ...page('d'), mayLoadMore: false });
    app.devices.delete('c');
    await pass(10_000);
    expect(seen()).toBe('a0 b0 d0');
  });

  it('shows at once what was done to a device', async () => {
    const { result } = await show();
    app.devices.set('b', { ...device('b'), locked: true });
    await act(() => result.current.renewOne('b'));
    expect(result.current.rows.map(({ locked }) => locked)).toEqual([false, true, false, false]);
    expect(app.asked).toEqual(['b']);
  });

  it('stays when it cannot be read anew, and says so until it can', async () => {
    const { result, seen } = await show();
    app.isDown = true;
    await pass(10_000);
    expect(seen()).toBe('a0 b0 c0 d0');
    expect(result.current.error).toBeNull();
    expect(result.current.staleError).toMatchObject({ message: 'Busy.' });
    app.isDown = false;
    await pass(10_000);
    expect(result.current.staleError).toBeNull();
  });
});
