import { useQuery } from '@tanstack/react-query';
import { query } from '../../api/client';

/**
 * Makes the call behind a live log one of "the API calls behind this screen". Nothing is asked for here: the feed does, and what comes back holds a token, which
 * is not to be kept.
 */
export function useShownCall(connector: string, identity: string | undefined): void {
  const { queryKey } = query.queryOptions('get', '/api:1/service/{connector}/log/negotiate', {
    params: { path: { connector }, query: identity === undefined ? {} : { identity } },
  });
  useQuery({ queryKey: [...queryKey], queryFn: () => null, staleTime: Infinity, gcTime: 0 });
}
