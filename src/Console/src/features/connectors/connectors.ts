import { queryOptions } from '@tanstack/react-query';
import { api, query } from '../../api/client';
import { readConfig } from '../access/config';

/** The connectors that the operator may see. The business is the app's to tell, so it is not part of the key. */
export const connectorsQuery = queryOptions({
  queryKey: ['get', '/api:1/business/{business}/solution', {}],
  staleTime: 60_000,
  queryFn: async ({ signal }) => {
    const { business } = await readConfig();
    const { data } = await api.GET('/api:1/business/{business}/solution', { params: { path: { business } }, signal });
    return data ?? [];
  },
});

/** Settings and resources of a connector. */
export const settingsQuery = (connector: string) =>
  query.queryOptions('get', '/api:1/service/{connector}/device2', { params: { path: { connector } } }, { staleTime: 10_000 });
