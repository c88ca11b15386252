import { queryOptions } from '@tanstack/react-query';

/** What the app tells anybody about itself. */
export interface ConsoleConfig {
  version: string;
  /** Port of plain http for developer mode; 0 when there is none of its own. */
  devmodePort: number;
  /** How to sign in with Entra ID; null when it is not configured. */
  entra: { authority: string; clientId: string; scope: string } | null;
}

export const configQuery = queryOptions({
  queryKey: ['config'],
  staleTime: Infinity,
  queryFn: async (): Promise<ConsoleConfig> => {
    const reply = await fetch('/console/config.json');
    return (await reply.json()) as ConsoleConfig;
  },
});
