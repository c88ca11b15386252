import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { api } from '../../api/client';
import type { IdentityPage, ListedIdentity } from '../../api/schema';
import { effectiveFilter } from './filter/filterText';
import { begunAnew, FewPages, ListPath, type PageParam, type Pages } from './lists';
import { shownAliases, type IdentitySearch } from './search';

/** The first page is small, so that it is there at once; with tags or values the API gives 500 devices a page at most. */
const FirstPage = 100;
const NextPages = 500;
const NextPlainPages = 2000;

/** How often what is in sight is asked for again. */
const Every = 10_000;

const FirstParam: PageParam = { cursor: undefined, limit: FirstPage };

/** The devices that pass the filter, page by page as they come into sight. */
interface Devices {
  rows: readonly ListedIdentity[];
  /** The line that the API was asked with, which jobs take as a filter. */
  filter: string;
  /** The first page is on its way. */
  isWaiting: boolean;
  /** What is shown belongs to the filter before. */
  isOld: boolean;
  isLoadingMore: boolean;
  hasMore: boolean;
  loadMore: () => void;
  /** Undefined while nothing is wrong. */
  error: Error | null;
  /** Reads the list anew; a long one from its beginning. */
  refresh: () => Promise<void>;
  /** Reads what is in sight anew; nothing moves. */
  renew: () => Promise<void>;
  isRefreshing: boolean;
  /** Told which rows are in sight: these are asked for again from time to time. */
  onSight: (first: number, last: number) => void;
}

/** Reads the list of devices. */
export function useDevices(connector: string, search: IdentitySearch): Devices {
  const cache = useQueryClient();
  const filter = effectiveFilter(search.q ?? '', search.tag);
  const aliases = shownAliases(search);
  const withTags = search.tag !== undefined || !(search.hide ?? []).includes('tags');
  const state = aliases.map((alias) => alias.replaceAll(',', String.raw`\,`)).join(',');
  const query = {
    ...(filter !== '' && { q: filter }),
    ...(search.order && { order: search.order }),
    ...(withTags && { tags: 'true' as const }),
    ...(state !== '' && { state }),
  };
  const key = ['get', ListPath, { params: { path: { connector }, query } }, 'pages'] as const;
  const limit = withTags || state !== '' ? NextPages : NextPlainPages;

  const readPage = async ({ cursor, limit: rows }: PageParam, signal?: AbortSignal): Promise<IdentityPage> => {
    const { data } = await api.GET(ListPath, {
      params: { path: { connector }, query: { ...query, limit: rows, ...(cursor !== undefined && { cursor }) } },
      ...(signal && { signal }),
    });
    if (data === undefined) {
      throw new Error('The app sent no list.');
    }

    return data;
  };

  const pages = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => readPage(pageParam, signal),
    initialPageParam: FirstParam,
    getNextPageParam: (last): PageParam | undefined => (last.mayLoadMore ? { cursor: last.cursor, limit } : undefined),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 60_000,
    refetchOnReconnect: false,
    // Whoever comes back to the list sees what is so now; a long list is looked at page by page, below.
    refetchOnMount: (one) => ((one.state.data as Pages | undefined)?.pages.length ?? 0) <= FewPages && 'always',
  });

  // A device that was seen while pages were read may be on two of them.
  const rows = useMemo(() => {
    const seen = new Set<string>();
    return (pages.data?.pages ?? []).flatMap((page) => page.devices.filter(({ identity }) => seen.size < seen.add(identity).size));
  }, [pages.data]);

  const sight = useRef({ first: 0, last: 0 });
  const onSight = useCallback((first: number, last: number) => {
    sight.current = { first, last };
  }, []);

  const refresh = async () => {
    cache.setQueryData<Pages>(key, (kept) => kept && begunAnew(kept));
    await pages.refetch();
  };

  /** Asks for the pages in sight again, and puts what is new where it stands. */
  const renew = async () => {
    const kept = cache.getQueryData<Pages>(key);
    if (kept === undefined || kept.pages.length === 1) {
      await pages.refetch();
      return;
    }

    const news = await Promise.all(pagesInSight(kept, sight.current).map((param) => readPage(param)));
    const byIdentity = new Map(news.flatMap((page) => page.devices).map((device) => [device.identity, device]));
    cache.setQueryData<Pages>(key, (now) => now && { ...now, pages: now.pages.map((page) => renewed(page, byIdentity)) });
  };

  const look = async () => {
    if (pages.data !== undefined && !pages.isFetching && document.visibilityState !== 'hidden') {
      await renew();
    }
  };

  const latest = useRef(look);
  useEffect(() => {
    latest.current = look;
  });
  useEffect(() => {
    // What fails is asked for again the next time; the list stays as it is.
    const timer = setInterval(() => void latest.current().catch(() => undefined), Every);
    return () => clearInterval(timer);
  }, []);

  const { hasNextPage, isFetchingNextPage, isFetching, isPlaceholderData, fetchNextPage } = pages;
  const canLoad = hasNextPage && !isFetching && !isPlaceholderData && pages.error === null;
  const loadMore = useCallback(() => {
    if (canLoad) {
      void fetchNextPage();
    }
  }, [canLoad, fetchNextPage]);

  return {
    rows,
    filter,
    isWaiting: pages.isPending,
    isOld: isPlaceholderData,
    isLoadingMore: isFetchingNextPage,
    hasMore: hasNextPage,
    loadMore,
    error: pages.error,
    refresh,
    renew,
    isRefreshing: isFetching && !isFetchingNextPage,
    onSight,
  };
}

/** What asked for the pages that hold some rows; two at most, as a screen has. */
export function pagesInSight({ pages, pageParams }: Pages, { first, last }: { first: number; last: number }): PageParam[] {
  let start = 0;
  const found: PageParam[] = [];
  pages.forEach((page, index) => {
    const end = start + page.devices.length;
    const param = pageParams[index];
    if (param !== undefined && first < end && last >= start) {
      found.push(param);
    }

    start = end;
  });
  return found.slice(0, 2);
}

/** The page with newer devices in the places of older ones; the same page when none is newer. */
export function renewed(page: IdentityPage, news: ReadonlyMap<string, ListedIdentity>): IdentityPage {
  const devices = page.devices.map((device) => {
    const newer = news.get(device.identity);
    return newer === undefined || JSON.stringify(newer) === JSON.stringify(device) ? device : newer;
  });
  return devices.every((device, index) => device === page.devices[index]) ? page : { ...page, devices };
}
