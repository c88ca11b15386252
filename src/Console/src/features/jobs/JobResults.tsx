import { Badge, Button, makeStyles, Switch, Text, tokens } from '@fluentui/react-components';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ColumnDef } from '@tanstack/react-table';
import { useCallback, useEffect, useMemo } from 'react';
import { api } from '../../api/client';
import { sentenceOf } from '../../api/errors';
import type { Job, JobResult } from '../../api/schema';
import { DataTable } from '../../components/table/DataTable';
import { IdentityLink } from '../identities/IdentityLink';
import { resultText } from './jobText';
import { jobSearch } from './search';

const Path = '/api:1/service/{connector}/device2/jobs/{job}/results';

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM, marginBottom: tokens.spacingVerticalS },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
});

interface ResultPage {
  results: JobResult[];
  cursor?: string;
}

interface Row extends JobResult {
  /** Its place among the job's rows, from 1. */
  number: number;
}

/** What became of the rows of a job, page by page. */
export function JobResults({ connector, job }: { connector: string; job: Job }) {
  const styles = useStyles();
  const failedOnly = useSearch({ from: '/inside/connectors/$connector/jobs/$job' }).failed ?? false;
  const navigate = useNavigate({ from: '/connectors/$connector/jobs/$job' });
  const pages = useInfiniteQuery({
    // What was done so far is part of the key's call only by its number of pages: a job that goes on is read again.
    queryKey: [
      'get',
      Path,
      { params: { path: { connector, job: job.id }, query: {} } },
      'pages',
      Math.ceil(job.processed / 500),
      job.status,
    ],
    queryFn: async ({ pageParam, signal }) => {
      const query = pageParam === undefined ? {} : { cursor: pageParam };
      const { data } = await api.GET(Path, { params: { path: { connector, job: job.id }, query }, signal });
      return (data ?? { results: [] }) as ResultPage;
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.cursor,
    placeholderData: (before) => before,
    staleTime: Infinity,
  });
  const { data, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = pages;
  // What failed is asked for again by a person, and not at once by the page.
  const mayGoOn = hasNextPage && !isFetching && !isFetchNextPageError;

  const all = useMemo(
    () => (data?.pages ?? []).flatMap(({ results }) => results).map<Row>((result, index) => ({ ...result, number: index + 1 })),
    [data],
  );
  const rows = useMemo(() => (failedOnly ? all.filter(({ result }) => result === 'failed') : all), [all, failedOnly]);
  const columns = useMemo(() => resultColumns(connector, job.kind, job.dryRun), [connector, job.kind, job.dryRun]);
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);

  // The failed ones may be on any page.
  useEffect(() => {
    if (failedOnly && mayGoOn) {
      void fetchNextPage();
    }
  }, [failedOnly, mayGoOn, fetchNextPage]);

  return (
    <>
      <div className={styles.bar}>
        <h2 className={styles.title}>Results</h2>
        {(job.failed > 0 || failedOnly) && (
          <Switch
            label="Failed only"
            checked={failedOnly}
            onChange={(_, { checked }) => void navigate({ search: jobSearch({ failed: checked }), replace: true })}
          />
        )}
      </div>
      {pages.error && <Text role="alert">{sentenceOf(pages.error)}</Text>}
      {all.length === 0 && !pages.error && <Text>{job.status === 'running' || isFetching ? 'None yet.' : 'There are none.'}</Text>}
      {all.length > 0 && (
        <DataTable
          label="Results"
          columns={columns}
          rows={rows}
          rowId={numberOf}
          isSorted
          onEnd={mayGoOn ? more : undefined}
          below={isFetching ? 'Loading more' : isFetchNextPageError ? <Button onClick={more}>Try again</Button> : undefined}
        />
      )}
    </>
  );
}

const numberOf = ({ number }: Row): string => String(number);
const Colors = { changed: 'success', unchanged: 'informative', failed: 'danger' } as const;

function resultColumns(connector: string, kind: Job['kind'], dryRun: boolean): ColumnDef<Row>[] {
  const isGone = (result: JobResult['result']): boolean => result === 'failed' || kind === 'delete' || dryRun;
  return [
    { id: 'number', header: 'Row', meta: { minWidth: 64, grow: 0 }, cell: ({ row }) => row.original.number },
    {
      id: 'identity',
      header: 'Identity',
      meta: { minWidth: 160 },
      cell: ({ row: { original: row } }) =>
        isGone(row.result) ? row.identity || '(empty)' : <IdentityLink connector={connector} identity={row.identity} />,
    },
    {
      id: 'result',
      header: 'Result',
      meta: { minWidth: 120 },
      cell: ({ row: { original: row } }) => (
        <Badge appearance="tint" color={Colors[row.result]}>
          {resultText(row.result, { kind, dryRun })}
        </Badge>
      ),
    },
    {
      id: 'why',
      header: kind === 'export' ? 'Device' : 'Reason',
      meta: { minWidth: 240, grow: 3 },
      cell: ({ row: { original: row } }) => {
        const text = row.row === undefined ? [row.reason, row.message].filter(Boolean).join(': ') : exportText(row.row);
        return <span title={text}>{text}</span>;
      },
    },
  ];
}

function exportText({ locked, auth, tags }: NonNullable<JobResult['row']>): string {
  const values = Object.entries((tags ?? {}) as Record<string, string[]>).flatMap(([name, all]) => all.map((value) => `${name}=${value}`));
  return [auth?.type, locked === true && 'locked', ...values].filter(Boolean).join(', ');
}
