import { query } from '../../api/client';

/** How many devices pass a filter. It reads a row of each device, so it is not asked often. */
export const countQuery = (connector: string, filter: string) =>
  query.queryOptions(
    'get',
    '/api:1/service/{connector}/device2/identities/count',
    { params: { path: { connector }, query: filter === '' ? {} : { q: filter } } },
    { staleTime: 60_000, refetchOnWindowFocus: false },
  );
