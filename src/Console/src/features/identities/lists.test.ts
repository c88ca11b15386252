import { InfiniteQueryObserver, QueryClient } from '@tanstack/react-query';
import { expect, test, vi } from 'vitest';
import type { IdentityPage } from '../../api/schema';
import { ListPath, refreshDevices, type PageParam, type Pages } from './lists';

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
