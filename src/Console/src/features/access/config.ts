import { queryOptions } from '@tanstack/react-query';
import { ApiError } from '../../api/errors';
import { queryClient } from '../../app/queryClient';

/** What the app tells anybody about itself. */
export interface ConsoleConfig {
  version: string;
  /** Id of the one business, as it stands in addresses. */
  business: string;
  /** Port of plain http for developer mode; 0 when there is none of its own. */
  devmodePort: number;
  /** Domain of the host names for developer mode, with a port where one is needed; absent where the app does not say. */
  devmodeDomain?: string;
  /** How to sign in with Entra ID; null when it is not configured. */
  entra: { authority: string; clientId: string; scope: string } | null;
}

const Defaults: ConsoleConfig = { version: '', business: 'murano', devmodePort: 0, entra: null };

/** What the app tells anybody about itself; it stays as it is while the page is open. */
export const configQuery = queryOptions({
  queryKey: ['config'],
  staleTime: Infinity,
  gcTime: Infinity,
  queryFn: async (): Promise<ConsoleConfig> => {
    const reply = await fetch('/console/config.json').catch((error: unknown) => {
      throw ApiError.ofNetwork(error);
    });
    // An app that says nothing of itself is one with Murano's own names.
    if (reply.status === 404) {
      return Defaults;
    }

    if (!reply.ok) {
      throw await ApiError.of(reply);
    }

    return { ...Defaults, ...((await reply.json()) as Partial<ConsoleConfig>) };
  },
});

/** The same, for who is not a component. */
export const readConfig = (): Promise<ConsoleConfig> => queryClient.query({ ...configQuery, staleTime: 'static' });
