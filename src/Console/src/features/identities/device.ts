import { replaceEqualDeep, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, query } from '../../api/client';
import type { Identity, IdentityChange } from '../../api/schema';
import { useMessages } from '../../components/Messages';
import { forward } from '../state/forward';
import { refreshDevices } from './lists';

/** A device: where it stands, its values with the times of both sides, and its tags. Values that are older than what is known already do not come back. */
export const deviceQuery = (connector: string, identity: string) =>
  query.queryOptions(
    'get',
    '/api:1/service/{connector}/device2/identity/{identity}',
    { params: { path: { connector, identity }, query: { times: 'true' } } },
    {
      structuralSharing: (known: unknown, read: unknown) => {
        const [before, now] = [known as Identity | undefined, read as Identity];
        return before === undefined ? now : replaceEqualDeep(before, { ...now, state: forward(before.state, now.state) });
      },
    },
  );

/** Changes a device, says so, and has everything that shows it ask again. */
export function useDeviceChange(connector: string, identity: string) {
  const cache = useQueryClient();
  const messages = useMessages();
  return useMutation({
    mutationFn: ({ change }: { change: IdentityChange; done: string }) =>
      api.PATCH('/api:1/service/{connector}/device2/identity/{identity}', { params: { path: { connector, identity } }, body: change }),
    onSuccess: async (_, { done }) => {
      messages.done(done);
      await refreshDevice(cache, connector, identity);
    },
  });
}

/** Has everything that shows a device ask again. */
export async function refreshDevice(cache: ReturnType<typeof useQueryClient>, connector: string, identity: string): Promise<void> {
  await Promise.all([cache.invalidateQueries({ queryKey: deviceQuery(connector, identity).queryKey }), refreshDevices(cache)]);
}
