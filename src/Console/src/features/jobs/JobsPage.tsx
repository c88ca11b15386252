import { Text } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { sentenceOf } from '../../api/errors';
import type { Job } from '../../api/schema';
import { Age } from '../../components/Age';
import { EmptyState } from '../../components/EmptyState';
import { NotRenewed } from '../../components/NotRenewed';
import { PageHeader } from '../../components/PageHeader';
import { DataTable } from '../../components/table/DataTable';
import { RowLink } from '../../components/table/RowLink';
import { Waiting } from '../../components/Waiting';
import { countText } from '../../format/count';
import { jobsQuery } from './jobs';
import { JobStatus } from './JobStatus';
import { kindText, resultText } from './jobText';

const idOf = ({ id }: Job): string => id;

/** Work on many devices: what goes on, and what was done in the last 30 days. */
export function JobsPage() {
  const { connector } = useParams({ from: '/inside/connectors/$connector/jobs' });
  const navigate = useNavigate();
  const jobs = useQuery({
    ...jobsQuery(connector),
    refetchInterval: ({ state }) => (state.data?.jobs.some(({ status }) => status === 'running') ? 2_000 : 15_000),
  });
  const columns = useMemo(() => jobColumns(connector), [connector]);
  const rows = jobs.data?.jobs;
  return (
    <>
      <PageHeader title="Jobs" />
      {jobs.error && rows === undefined && <Text role="alert">{sentenceOf(jobs.error)}</Text>}
      <NotRenewed query={jobs} />
      {jobs.isPending && <Waiting />}
      {rows?.length === 0 && (
        <EmptyState title="No jobs yet">
          <Text>
            Work on many devices shows here: imports, exports, and what you do with devices that you select in the list. Jobs are kept for
            30 days.
          </Text>
          <Link to="/connectors/$connector/devices" params={{ connector }}>
            Go to the devices
          </Link>
        </EmptyState>
      )}
      {rows !== undefined && rows.length > 0 && (
        <DataTable
          label="Jobs"
          columns={columns}
          rows={rows}
          rowId={idOf}
          isSorted
          onOpen={({ id }) => void navigate({ to: '/connectors/$connector/jobs/$job', params: { connector, job: id } })}
        />
      )}
    </>
  );
}

const jobColumns = (connector: string): ColumnDef<Job>[] => [
  {
    id: 'kind',
    header: 'Job',
    cell: ({ row: { original: job } }) => (
      <RowLink to="/connectors/$connector/jobs/$job" params={{ connector, job: job.id }} isOfRow>
        {kindText(job.kind)}
      </RowLink>
    ),
  },
  { id: 'status', header: 'Status', meta: { minWidth: 150 }, cell: ({ row }) => <JobStatus job={row.original} /> },
  {
    id: 'progress',
    header: 'Progress',
    meta: { minWidth: 130 },
    cell: ({ row: { original: job } }) => `${countText(job.processed)} of ${countText(job.total)}`,
  },
  {
    id: 'results',
    header: 'Results',
    meta: { minWidth: 220, grow: 2 },
    cell: ({ row: { original: job } }) =>
      (['changed', 'unchanged', 'failed'] as const)
        .filter((result) => job[result] > 0)
        .map((result) => `${countText(job[result])} ${resultText(result, job)}`)
        .join(', ') || '–',
  },
  {
    id: 'created',
    header: 'Started',
    meta: { minWidth: 110 },
    cell: ({ row: { original: job } }) => <Age micros={job.created} />,
  },
  { id: 'by', header: 'By', cell: ({ row }) => row.original.by },
];
