import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { IdentityPage } from '../../api/schema';

/** The path of the list of devices, which is part of the key of each that was read. */
export const ListPath = '/api:1/service/{connector}/device2/identity';

/** Up to so many pages are asked for again at once; a longer list begins anew. */
export const FewPages = 4;

/** A page of the list as it was asked for. */
export interface PageParam {
  cursor: string | undefined;
  limit: number;
}

/** What is known of a list. */
export type Pages = InfiniteData<IdentityPage, PageParam>;

/** A list that is asked for again: a long one from its beginning, as each of its pages would be a request. */
export const begunAnew = ({ pages, pageParams }: Pages): Pages =>
  pages.length > FewPages ? { pages: pages.slice(0, 1), pageParams: pageParams.slice(0, 1) } : { pages, pageParams };

/** Has lists of devices that are shown ask again. */
export function refreshDevices(cache: QueryClient): Promise<void> {
  // Lists that are not shown keep their pages: whoever comes back is where they were, and what is in sight is read anew there.
  cache.setQueriesData<Pages>({ queryKey: ['get', ListPath], type: 'active' }, (pages) => pages && begunAnew(pages));
  return cache.invalidateQueries({ queryKey: ['get', ListPath] });
}

const CountPath = '/api:1/service/{connector}/device2/identities/count';

/** Has what was counted counted again. What is not shown, or counted only when somebody asks for it, is forgotten. */
export function recount(cache: QueryClient): void {
  void cache.resetQueries({ queryKey: ['get', CountPath], predicate: (count) => !count.isActive() });
  void cache.invalidateQueries({ queryKey: ['get', CountPath] });
}

/** After devices came or went: lists that are not shown are read from their beginning when somebody comes back to them, and what is counted is counted again. */
export function forgetDevices(cache: QueryClient): void {
  cache.removeQueries({ queryKey: ['get', ListPath], type: 'inactive' });
  recount(cache);
  void cache.invalidateQueries({ queryKey: ['get', '/api:1/service/{connector}/device2/tag'] });
}
