import { query } from '../../api/client';

/** The connectors that the operator may see. */
export const connectorsQuery = query.queryOptions(
  'get',
  '/api:1/business/{business}/solution',
  { params: { path: { business: 'murano' } } },
  { staleTime: 60_000 },
);

/** Settings and resources of a connector. */
export const settingsQuery = (connector: string) =>
  query.queryOptions('get', '/api:1/service/{connector}/device2', { params: { path: { connector } } }, { staleTime: 10_000 });
