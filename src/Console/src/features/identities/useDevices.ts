import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { api } from '../../api/client';
import { ApiError } from '../../api/errors';
import type { Identity, IdentityPage, ListedIdentity, StateEntry } from '../../api/schema';
import { own } from '../../format/own';
import { devicesQuery } from './devicesQuery';
import { begunAnew, recount, type PageParam, type Pages } from './lists';
import type { IdentitySearch } from './search';

/** How often what is in sight is asked for again. */
const Every = 10_000;

/** How many devices are asked for one by one at a time, as each is a request; where there are more, they take turns. */
const AtATime = 20;

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
  /** Why the list could not be read, or not be read on; null while nothing is wrong. */
  error: Error | null;
  /** Why what is shown could not be read anew the last time; null when it could. */
  staleError: unknown;
  /** Reads the list anew, a long one from its beginning, and has the devices counted again. */
  refresh: () => Promise<void>;
  /** Reads one device anew, which stays where it stands. */
  renewOne: (identity: string) => Promise<void>;
  /** Somebody asked for it to be read anew, and it is on its way. */
  isRefreshing: boolean;
  /** Told which rows are in sight: these are asked for again from time to time. */
  onSight: (first: number, last: number) => void;
}

/** Reads the list of devices. */
export function useDevices(connector: string, search: IdentitySearch): Devices {
  const cache = useQueryClient();
  const { key, filter, aliases, withTags, readPage, options } = devicesQuery(connector, search);
  const name = JSON.stringify(key);

  /** A device as the list has it; undefined when it is no more. */
  const readOne = async (identity: string): Promise<ListedIdentity | undefined> => {
    try {
      const { data } = await api.GET('/api:1/service/{connector}/device2/identity/{identity}', {
        params: { path: { connector, identity } },
      });
      return data && listed(data, withTags, aliases);
    } catch (error) {
      if (error instanceof ApiError && error.reason === 'unknown-identity') {
        return undefined;
      }

      throw error;
    }
  };

  const pages = useInfiniteQuery({ ...options, placeholderData: keepPreviousData, refetchOnReconnect: false });

  // A device that was seen while pages were read may be on two of them.
  const rows = useMemo(() => {
    const seen = new Set<string>();
    return (pages.data?.pages ?? []).flatMap((page) => page.devices.filter(({ identity }) => seen.size < seen.add(identity).size));
  }, [pages.data]);

  const sight = useRef({ first: 0, last: 0 });
  const onSight = useCallback((first: number, last: number) => {
    sight.current = { first, last };
  }, []);

  const [refreshing, setRefreshing] = useState(0);
  const refresh = async () => {
    cache.setQueryData<Pages>(key, (kept) => kept && begunAnew(kept));
    recount(cache);
    setRefreshing((now) => now + 1);
    await pages.refetch();
    setRefreshing((now) => now - 1);
  };

  const [failure, setFailure] = useState<{ name: string; error: unknown }>();

  /** Puts what is read where it stands; what fails is told beside the list, which stays as it is. */
  const put = async (read: () => Promise<ReadonlyMap<string, ListedIdentity | undefined>>) => {
    try {
      const news = await read();
      cache.setQueryData<Pages>(key, (now) => now && { ...now, pages: now.pages.map((page) => renewed(page, news)) });
      setFailure(undefined);
    } catch (error) {
      setFailure({ name, error });
    }
  };

  const readEach = async (identities: readonly string[]) =>
    new Map(await Promise.all(identities.map(async (identity) => [identity, await readOne(identity)] as const)));

  const renewOne = (identity: string) => put(() => readEach([identity]));

  const turn = useRef(0);

  /** The devices in sight, from the pages that they were on. Those that have left these, as by a call, are asked for one by one. */
  const readSight = async (kept: Pages) => {
    const { first, last } = sight.current;
    const news = await Promise.all(pagesInSight(kept, sight.current).map((param) => readPage(param)));
    const found = new Map(news.flatMap((page) => page.devices).map((device) => [device.identity, device]));
    const others = rows.slice(first, last + 1).filter(({ identity }) => !found.has(identity));
    const some = inTurn(others, AtATime, turn.current);
    turn.current += some.length;
    return new Map([...found, ...(await readEach(some.map(({ identity }) => identity)))]);
  };

  const isLooking = useRef(false);
  const look = async () => {
    const kept = cache.getQueryData<Pages>(key);
    // Where replies take longer than that, requests do not pile up.
    if (kept === undefined || pages.isFetching || isLooking.current || document.visibilityState === 'hidden') {
      return;
    }

    isLooking.current = true;
    // One page is read as whoever comes now would read it; of several, nothing moves.
    await (kept.pages.length === 1 ? pages.refetch() : put(() => readSight(kept)));
    isLooking.current = false;
  };

  const latest = useRef(look);
  useEffect(() => {
    latest.current = look;
  });
  useEffect(() => {
    const timer = setInterval(() => void latest.current(), Every);
    return () => clearInterval(timer);
  }, []);

  const { hasNextPage, isFetchingNextPage, isFetching, isPlaceholderData, isRefetchError, fetchNextPage } = pages;
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
    error: isRefetchError ? null : pages.error,
    staleError: isRefetchError ? pages.error : failure?.name === name ? failure.error : null,
    refresh,
    renewOne,
    isRefreshing: refreshing > 0,
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

/** So many of a list, from a place on and round its end. */
export function inTurn<T>(list: readonly T[], most: number, from: number): T[] {
  const start = list.length > most ? from % list.length : 0;
  return [...list.slice(start), ...list.slice(0, start)].slice(0, most);
}

/** A device as a list has it: with tags and these values only where the list has any. */
function listed({ tags, state, ...device }: Identity, withTags: boolean, aliases: readonly string[]): ListedIdentity {
  const values = aliases
    .map((alias) => [alias, own(state, alias)] as const)
    .filter((one): one is [string, StateEntry] => one[1] !== undefined);
  return { ...device, ...(withTags && { tags }), ...(aliases.length > 0 && { state: Object.fromEntries(values) }) };
}

/** The page with newer devices in the places of older ones, and without those that are no more; the same page when nothing is newer. */
export function renewed(page: IdentityPage, news: ReadonlyMap<string, ListedIdentity | undefined>): IdentityPage {
  const devices = page.devices.flatMap((device) => {
    const newer = news.has(device.identity) ? news.get(device.identity) : device;
    return newer === undefined ? [] : JSON.stringify(newer) === JSON.stringify(device) ? device : newer;
  });
  const isSame = devices.length === page.devices.length && devices.every((device, index) => device === page.devices[index]);
  return isSame ? page : { ...page, devices };
}
