import type { QueryClient } from '@tanstack/react-query';
import { api } from '../../../api/client';
import { ApiError } from '../../../api/errors';
import type { Identity, JobRequest, ListedIdentity } from '../../../api/schema';
import { partsOf } from '../../jobs/jobs';
import { countQuery } from '../count';

/** Which devices are meant: some by name, or all that pass a filter. */
export type Target = { identities: readonly string[] } | { filter: string };

/** What a job is to do, without saying with which devices. */
export type Work = Omit<JobRequest, 'identities' | 'filter' | 'rows' | 'preview'> | { kind: 'revoke' };

const Jobs = '/api:1/service/{connector}/device2/jobs';

/** Up to so many devices are asked for one by one. */
const Few = 100;

/** A filter as jobs take it. */
const filterOf = (filter: string): JobRequest['filter'] => (filter === '' ? {} : { q: filter });

/** How many devices are meant now. A preview tells, up to as many as a job may have; beyond that the count does. */
export async function countOf(cache: QueryClient, connector: string, target: Target): Promise<{ total: number; isOneJob: boolean }> {
  if ('identities' in target) {
    return { total: target.identities.length, isOneJob: partsOf(target.identities).length <= 1 };
  }

  try {
    const { data } = await api.POST(Jobs, {
      params: { path: { connector } },
      body: { kind: 'lock', filter: filterOf(target.filter) ?? {}, preview: true },
    });
    return { total: (data as { total: number }).total, isOneJob: true };
  } catch (error) {
    if (error instanceof ApiError && error.reason === 'too-many-rows') {
      return { total: (await cache.query({ ...countQuery(connector, target.filter), staleTime: 0 })).count, isOneJob: false };
    }

    throw error;
  }
}

/** The jobs that do the work: one for up to 10,000 devices. */
export async function startsOf(
  connector: string,
  target: Target,
  isOneJob: boolean,
  work: Work,
  onFound: (count: number) => void,
  signal: AbortSignal,
): Promise<JobRequest[]> {
  if ('filter' in target && isOneJob && work.kind !== 'revoke') {
    return [{ ...work, filter: filterOf(target.filter) ?? {} }];
  }

  const identities =
    work.kind === 'revoke'
      ? await provisionedOf(connector, target, onFound, signal)
      : 'identities' in target
        ? target.identities
        : await namesOf(connector, target.filter, () => true, onFound, signal);
  return partsOf(identities).map((part) =>
    work.kind === 'revoke'
      ? // There is no job of this name; an import with an end of zero is one, for devices that have a credential.
        { kind: 'import', rows: part.map((identity) => ({ identity, auth: { expire: 0 } })) }
      : { ...work, identities: part },
  );
}

/**
 * Those that have a credential now. For any other an end of zero means a window without an end: one that has passed would open again; and one that is not
 * there would be made.
 */
async function provisionedOf(
  connector: string,
  target: Target,
  onFound: (count: number) => void,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if ('filter' in target) {
    // By what the list says of each, as a filter may ask for one status only.
    return namesOf(connector, target.filter, isProvisioned, onFound, signal);
  }

  if (target.identities.length > Few) {
    const all = new Set(await namesOf(connector, 'status:provisioned', isProvisioned, onFound, signal));
    return target.identities.filter((identity) => all.has(identity));
  }

  const left = [...target.identities];
  const found = new Set<string>();
  const work = async () => {
    for (let identity = left.shift(); identity !== undefined; identity = left.shift()) {
      if (await isProvisionedNow(connector, identity, signal)) {
        found.add(identity);
        onFound(found.size);
      }
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  return target.identities.filter((identity) => found.has(identity));
}

const isProvisioned = ({ status }: Pick<Identity, 'status'>): boolean => status === 'provisioned';

async function isProvisionedNow(connector: string, identity: string, signal: AbortSignal): Promise<boolean> {
  try {
    const { data } = await api.GET('/api:1/service/{connector}/device2/identity/{identity}', {
      params: { path: { connector, identity } },
      signal,
    });
    return data !== undefined && isProvisioned(data);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) {
      return false;
    }

    throw error;
  }
}

async function namesOf(
  connector: string,
  filter: string,
  isMeant: (device: ListedIdentity) => boolean,
  onFound: (count: number) => void,
  signal: AbortSignal,
): Promise<string[]> {
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const query = { order: 'identity' as const, limit: 5000, ...(filter !== '' && { q: filter }), ...(cursor !== undefined && { cursor }) };
    const { data } = await api.GET('/api:1/service/{connector}/device2/identity', { params: { path: { connector }, query }, signal });
    names.push(...(data?.devices ?? []).filter(isMeant).map(({ identity }) => identity));
    onFound(names.length);
    cursor = data?.mayLoadMore === true ? data.cursor : undefined;
  } while (cursor !== undefined);
  return names;
}
