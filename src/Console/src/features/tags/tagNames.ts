import { query } from '../../api/client';

/** Names shown at once. */
const Most = 200;

/** Names of tags in use, without counts: these cost a look at each device. */
export const tagNamesQuery = (connector: string) =>
  query.queryOptions(
    'get',
    '/api:1/service/{connector}/device2/tag',
    { params: { path: { connector }, query: { limit: Most, counts: 'false' } } },
    { staleTime: 30_000 },
  );

/** Names of tags in use, with how many devices have each. */
export const tagCountsQuery = (connector: string) =>
  query.queryOptions(
    'get',
    '/api:1/service/{connector}/device2/tag',
    { params: { path: { connector }, query: { limit: Most } } },
    { staleTime: 30_000 },
  );
