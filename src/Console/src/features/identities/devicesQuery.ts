import { infiniteQueryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { IdentityPage } from '../../api/schema';
import { effectiveFilter } from './filter/filterText';
import { FewPages, ListPath, type PageParam, type Pages } from './lists';
import { shownAliases, type IdentitySearch } from './search';

/** The first page is small, so that it is there at once; with tags or values the API gives 500 devices a page at most. */
const FirstPage = 50;
const NextPages = 500;
const NextPlainPages = 2000;

/** What was read so shortly ago, in milliseconds, was read ahead for whoever comes now. */
const JustNow = 2_000;

const FirstParam: PageParam = { cursor: undefined, limit: FirstPage };

/** The list of devices that an address of the page shows. */
export function devicesQuery(connector: string, search: IdentitySearch) {
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

  const options = infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => readPage(pageParam, signal),
    initialPageParam: FirstParam,
    getNextPageParam: (last: IdentityPage): PageParam | undefined => (last.mayLoadMore ? { cursor: last.cursor, limit } : undefined),
    staleTime: Infinity,
    gcTime: 60_000,
    // Whoever comes back to the list sees what is so now; a long list is looked at page by page, by who shows it.
    refetchOnMount: ({ state: { data, dataUpdatedAt } }) =>
      ((data as Pages | undefined)?.pages.length ?? 0) <= FewPages && (Date.now() - dataUpdatedAt < JustNow ? true : 'always'),
  });

  return { key, filter, aliases, withTags, readPage, options };
}
