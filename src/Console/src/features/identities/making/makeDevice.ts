import { api } from '../../../api/client';
import { ApiError } from '../../../api/errors';

/** Makes a device, which must be new; `expire` is the end of its window in microseconds, 0 for none. */
export async function makeDevice(connector: string, identity: string, expire: number): Promise<void> {
  // The list of the batch is for new ones alone; to put a single identity changes one that is there.
  const { data } = await api.POST('/api:1/service/{connector}/device2/identities', {
    params: { path: { connector } },
    body: [{ identity, ...(expire > 0 && { auth: { expire } }) }],
  });
  const result = data?.[0];
  if (result !== undefined && result.status >= 300) {
    throw new ApiError(
      result.status,
      result.reason ?? '',
      result.status === 409 ? 'There is a device with this identity already.' : (result.message ?? ''),
    );
  }
}
