import { InfiniteQueryObserver, QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test, vi } from 'vitest';
import type { IdentityPage } from '../../api/schema';
import { countQuery } from './count';
import { forgetDevices, ListPath, recount, refreshDevices, type PageParam, type Pages } from './lists';

/** A list of so many pages in the cache; how many requests it takes. */
function listOf(cache: QueryClient, name: string, pages: number) {
  const queryKey = ['get', ListPath, name, 'pages'];
  const read = vi.fn((): Promise<IdentityPage> => Promise.resolve({ mayLoadMore: true, cursor: 'next', devices: [] }));
  cache.setQueryData<Pages>(queryKey, {
    pages: Array.from({ length: pages }, () => ({ mayLoadMore: true, cursor: 'next', devices: [] })),
    pageParams: Array.from({ length: pages }, () => ({ cursor: undefined, limit: 1 })),
  });
  const show = () =>
    new InfiniteQueryObserver(cache, {
      queryKey,
      queryFn: read,
      initialPageParam: { cursor: undefined, limit: 1 },
      getNextPageParam: ({ cursor = '' }): PageParam => ({ cursor, limit: 1 }),
      staleTime: Infinity,
    }).subscribe(() => undefined);
  return { read, show, pages: () => cache.getQueryData<Pages>(queryKey)?.pages.length };
}

test.each([
  [1, 1],
  [4, 4],
  [5, 1],
  [50, 1],
])('a list of %i pages that is shown takes %i requests', async (pages, requests) => {
  const cache = new QueryClient();
  const list = listOf(cache, 'shown', pages);
  const end = list.show();
  await refreshDevices(cache);
  expect(list.read).toHaveBeenCalledTimes(requests);
  expect(list.pages()).toBe(requests);
  end();
});

test('a list that is not shown takes none, and keeps its pages', async () => {
  const cache = new QueryClient();
  const list = listOf(cache, 'hidden', 50);
  await refreshDevices(cache);
  expect(list.read).not.toHaveBeenCalled();
  expect(list.pages()).toBe(50);
});

test('after devices came or went, a list that is not shown is forgotten, and one that is shown stays', async () => {
  const cache = new QueryClient();
  const [hidden, shown] = [listOf(cache, 'hidden', 5), listOf(cache, 'shown', 1)];
  const end = shown.show();
  await vi.waitFor(() => expect(shown.pages()).toBe(1));
  forgetDevices(cache);
  expect(hidden.pages()).toBeUndefined();
  expect(shown.pages()).toBe(1);
  end();
});

test('what is counted is counted again; where that takes somebody to ask, it is forgotten', async () => {
  const cache = new QueryClient();
  const count = (filter: string, enabled: boolean) => {
    const queryFn = vi.fn(() => Promise.resolve({ count: 8 }));
    const { queryKey } = countQuery('c1', filter);
    cache.setQueryData(queryKey, { count: 7 });
    const end = new QueryObserver(cache, { queryKey, queryFn, enabled, staleTime: 60_000 }).subscribe(() => undefined);
    return { queryFn, end, now: () => cache.getQueryData<{ count: number }>(queryKey)?.count };
  };
  const cheap = count('locked:yes', true);
  const costly = count('online:yes', false);
  const left = count('', true);
  left.end();
  recount(cache);
  await vi.waitFor(() => expect(cheap.now()).toBe(8));
  expect(cheap.queryFn).toHaveBeenCalledOnce();
  expect([costly.now(), left.now()]).toEqual([undefined, undefined]);
  expect(costly.queryFn).not.toHaveBeenCalled();
  expect(left.queryFn).not.toHaveBeenCalled();
  cheap.end();
  costly.end();
});
