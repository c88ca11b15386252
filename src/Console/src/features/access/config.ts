import { queryOptions } from '@tanstack/react-query';
import { ApiError } from '../../api/errors';
import { queryClient } from '../../app/queryClient';

/** What the app tells anybody about itself. */
export interface ConsoleConfig {
  version: string;
  /** Id of the one business, as it stands in addresses. */
  business: string;
  /** Domain of the host names for developer mode, with a port where one is needed; empty where there are none. */
  devmodeDomain: string;
  /** How to sign in with Entra ID; null when it is not configured. */
  entra: { authority: string; clientId: string; scope: string } | null;
}

/** What the app tells anybody about itself; it stays as it is while the page is open. */
export const configQuery = queryOptions({
  queryKey: ['config'],
  staleTime: Infinity,
  gcTime: Infinity,
  queryFn: async (): Promise<ConsoleConfig> => {
    const reply = await fetch('/console/config.json').catch((error: unknown) => {
      throw ApiError.ofNetwork(error);
    });
    if (!reply.ok) {
      throw await ApiError.of(reply);
    }

    return (await reply.json()) as ConsoleConfig;
  },
});

/** The same, for who is not a component. */
export const readConfig = (): Promise<ConsoleConfig> => queryClient.query({ ...configQuery, staleTime: 'static' });
