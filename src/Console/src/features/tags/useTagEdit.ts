import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client';
import { refreshDevice } from '../identities/device';

const OfDevice = '/api:1/service/{connector}/device2/identity/{identity}/tag';
const OfName = '/api:1/service/{connector}/device2/identity/{identity}/tag/{name}';

/** A change of one tag: without `from` a value comes, without `to` one goes; without both the name goes. */
interface TagEdit {
  name: string;
  from?: string;
  to?: string;
}

/** Changes tags of a device. `onDone` is told of a change before anything shows it. */
export function useTagEdit(connector: string, identity: string, onDone?: (edit: TagEdit) => void) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async ({ name, from, to }: TagEdit) => {
      if (to !== undefined) {
        await api.POST(OfDevice, { params: { path: { connector, identity } }, body: { tags: { [name]: [to] } } });
      }

      // The new value first: what others added to the name meanwhile stays, and nothing is lost between the two.
      if (from !== to || to === undefined) {
        const path = { connector, identity, name };
        if (from !== undefined) {
          await api.DELETE(OfName, { params: { path, query: { exact: from } } });
        } else if (to === undefined) {
          await api.DELETE(OfName, { params: { path } });
        }
      }
    },
    onSuccess: (_, edit) => onDone?.(edit),
    onSettled: async () => {
      await refreshDevice(cache, connector, identity);
      await cache.invalidateQueries({
        predicate: ({ queryKey }) => String(queryKey[1]).startsWith('/api:1/service/{connector}/device2/tag'),
      });
    },
  });
}
