import type { QueryClient } from '@tanstack/react-query';
import { api } from '../../../api/client';
import { ApiError } from '../../../api/errors';
import type { JobRequest } from '../../../api/schema';
import { partsOf } from '../../jobs/jobs';
import { countQuery } from '../count';

/** Which devices are meant: some by name, or all that pass a filter. */
export type Target = { identities: readonly string[] } | { filter: string };

/** What a job is to do, without saying with which devices. */
export type Work = Omit<JobRequest, 'identities' | 'filter' | 'rows' | 'preview'> | { kind: 'revoke' };

const Jobs = '/api:1/service/{connector}/device2/jobs';

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

  const identities = 'identities' in target ? target.identities : await namesOf(connector, target.filter, onFound, signal);
  return partsOf(identities).map((part) =>
    work.kind === 'revoke'
      ? // There is no job of this name; an import with an end of zero is one.
        { kind: 'import', rows: part.map((identity) => ({ identity, auth: { expire: 0 } })) }
      : { ...work, identities: part },
  );
}

async function namesOf(connector: string, filter: string, onFound: (count: number) => void, signal: AbortSignal): Promise<string[]> {
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const query = { order: 'identity' as const, limit: 5000, ...(filter !== '' && { q: filter }), ...(cursor !== undefined && { cursor }) };
    const { data } = await api.GET('/api:1/service/{connector}/device2/identity', { params: { path: { connector }, query }, signal });
    names.push(...(data?.devices ?? []).map(({ identity }) => identity));
    onFound(names.length);
    cursor = data?.mayLoadMore === true ? data.cursor : undefined;
  } while (cursor !== undefined);
  return names;
}
