import { Subtitle1, Text } from '@fluentui/react-components';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ColumnDef } from '@tanstack/react-table';
import { useCallback, useMemo } from 'react';
import { api } from '../../api/client';
import type { AuditEntry } from '../../api/schema';
import { Problem } from '../../components/Problem';
import { DataTable } from '../../components/table/DataTable';
import { Waiting } from '../../components/Waiting';
import { timeText } from '../../format/time';
import { useMay } from './operator';

const Limit = 100;
const Path = '/api:1/audit';

const Columns: ColumnDef<AuditEntry>[] = [
  {
    id: 'timestamp',
    accessorKey: 'timestamp',
    header: 'Time',
    meta: { minWidth: 190 },
    cell: ({ row: { original } }) => timeText(original.timestamp),
  },
  { id: 'name', accessorKey: 'name', header: 'Who', meta: { minWidth: 90 } },
  { id: 'action', accessorFn: ({ action }) => actionText(action), header: 'What', meta: { minWidth: 140, grow: 2 } },
  {
    id: 'target',
    accessorKey: 'target',
    header: 'Request',
    meta: { minWidth: 200, grow: 3 },
    cell: ({ row: { original } }) => (
      <span title={`${original.method} ${original.target}`}>
        {original.method} {shortOf(original)}
      </span>
    ),
  },
  { id: 'status', accessorKey: 'status', header: 'Answer', meta: { minWidth: 80, grow: 0 } },
  { id: 'address', accessorKey: 'address', header: 'From', meta: { minWidth: 130 } },
];

/** What operators changed in the connector, newest first. */
export function ActivitySection() {
  const { connector } = useParams({ from: '/inside/connectors/$connector' });
  const isAdmin = useMay('admin');
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetching } = useInfiniteQuery({
    enabled: isAdmin,
    queryKey: ['get', Path, { params: { query: { connector, limit: Limit } } }],
    initialPageParam: '',
    queryFn: async ({ pageParam, signal }) => {
      const search = { connector, limit: Limit, ...(pageParam === '' ? {} : { cursor: pageParam }) };
      const { data: page } = await api.GET(Path, { params: { query: search }, signal });
      return page ?? { items: [], cursor: null };
    },
    getNextPageParam: ({ cursor }) => cursor ?? undefined,
  });
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  return (
    <>
      <Subtitle1 as="h2" style={{ margin: '0 0 12px' }}>
        Activity
      </Subtitle1>
      {!isAdmin ? (
        <Text>Your role may not see what operators changed. It needs the role admin.</Text>
      ) : error !== null ? (
        <Problem error={error} reset={() => void refetch()} />
      ) : data === undefined ? (
        <Waiting />
      ) : (
        <DataTable
          label="Activity"
          columns={Columns}
          rows={rows}
          rowId={({ timestamp, traceId, target }) => `${timestamp} ${traceId} ${target}`}
          onEnd={hasNextPage && !isFetching ? more : undefined}
          below={rows.length === 0 ? 'Nobody has changed anything yet.' : undefined}
        />
      )}
    </>
  );
}

/** The address without what is the same for all requests about the connector. */
const shortOf = ({ target, connector }: AuditEntry): string => target.replace(`/api:1/service/${connector}`, '…');

/** The name of an operation in words: `Management_Identity_State_Patch` is "identity state patch". */
const actionText = (action: string): string =>
  action
    .replace(/^Management_/, '')
    .replaceAll('_', ' ')
    .toLowerCase();
