import { Button, makeStyles, MessageBar, MessageBarBody, MessageBarTitle, Text, tokens } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { ApiError, sentenceOf } from '../../api/errors';
import type { Job } from '../../api/schema';
import { useMessages } from '../../components/Messages';
import { NotRenewed } from '../../components/NotRenewed';
import { PageHeader } from '../../components/PageHeader';
import { Waiting } from '../../components/Waiting';
import { timeText } from '../../format/time';
import { useMay } from '../access/operator';
import { forgetDevices } from '../identities/lists';
import { downloadResults } from './downloadResults';
import { draftOf, dropDraft } from './importDrafts';
import { JobCounts } from './JobCounts';
import { JobResults } from './JobResults';
import { endJob, endRunning, jobQuery, jobsQuery, newerOf } from './jobs';
import { JobStatus } from './JobStatus';
import { devicesText, kindText } from './jobText';
import { useJobStart } from './useJobStart';

const useStyles = makeStyles({
  facts: { marginBottom: tokens.spacingVerticalM, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
});

/** A job: how far it is, and what became of each of its rows. */
export function JobPage() {
  const { connector, job: id } = useParams({ from: '/inside/connectors/$connector/jobs/$job' });
  // To ask for a job is to advance it, and the answer comes when there is no more to do or 20 s have passed. The list tells at once where it stands.
  const asked = useQuery({
    ...jobQuery(connector, id),
    refetchInterval: ({ state }) => (isOver(state.data) || isGone(state.error) ? false : state.error ? 5_000 : 1_000),
  });
  const isRemoved = isGone(asked.error);
  const hasEnded = isOver(asked.data) || isRemoved;
  const listed = useQuery({ ...jobsQuery(connector), refetchInterval: hasEnded ? false : ({ state }) => (state.error ? 5_000 : 1_000) });
  const seen = listed.data?.jobs.find((one) => one.id === id);
  const job = asked.data === undefined ? seen : newerOf(asked.data, seen);
  useEffect(() => {
    if (isRemoved) {
      dropDraft(id);
    }
  }, [isRemoved, id]);

  if (job === undefined || isRemoved) {
    return (
      <>
        <PageHeader title="Job" />
        {isRemoved ? (
          <Text role="alert">This job is not there. It may have been removed, with its results.</Text>
        ) : asked.error ? (
          <Text role="alert">{sentenceOf(asked.error)}</Text>
        ) : (
          <Waiting />
        )}
        <Link to="/connectors/$connector/jobs" params={{ connector }}>
          All jobs
        </Link>
      </>
    );
  }

  return <Shown connector={connector} job={job} problem={hasEnded ? null : (asked.error ?? listed.error)} key={id} />;
}

const isOver = (job: Job | undefined): boolean => job !== undefined && job.status !== 'running';
const isGone = (error: unknown): boolean => error instanceof ApiError && error.status === 404;

interface ShownProps {
  connector: string;
  job: Job;
  /** Why it is not known how the job stands now, or null. */
  problem: unknown;
}

function Shown({ connector, job, problem }: ShownProps) {
  const styles = useStyles();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const messages = useMessages();
  const may = useMay('operator');
  const start = useJobStart(connector);
  const [isBusy, setBusy] = useState(false);
  const isRunning = job.status === 'running';
  const draft = job.dryRun ? draftOf(job.id) : undefined;

  useEffect(() => {
    if (!isRunning && !job.dryRun && job.kind !== 'export') {
      forgetDevices(cache);
    }
  }, [cache, isRunning, job.dryRun, job.kind]);

  const act = async (what: string, action: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await action();
    } catch (error) {
      messages.failed(`${what}: this did not work`, error);
    } finally {
      setBusy(false);
    }
  };

  const cancel = async () => {
    await endRunning(connector, job.id);
    await Promise.all([cache.invalidateQueries(jobsQuery(connector)), cache.invalidateQueries(jobQuery(connector, job.id))]);
  };

  const remove = async () => {
    await endJob(connector, job.id);
    dropDraft(job.id);
    await navigate({ to: '/connectors/$connector/jobs', params: { connector } });
    cache.removeQueries(jobQuery(connector, job.id));
    await cache.invalidateQueries(jobsQuery(connector));
  };

  const runForReal = async () => {
    if (draft !== undefined) {
      await start({ ...draft, dryRun: false });
      dropDraft(job.id);
    }
  };

  return (
    <>
      <PageHeader title={`${kindText(job.kind)}: ${devicesText(job.total)}`} beside={<JobStatus job={job} />}>
        {may && isRunning && (
          <Button disabled={isBusy} onClick={() => act('Cancel', cancel)}>
            Cancel
          </Button>
        )}
        <Button
          icon={<ArrowDownloadRegular />}
          appearance={job.kind === 'export' && !isRunning ? 'primary' : 'secondary'}
          disabled={isBusy || job.processed === 0}
          onClick={() => act('Download', () => downloadResults(connector, job))}
        >
          Download CSV
        </Button>
        {may && !isRunning && (
          <Button disabled={isBusy} onClick={() => act('Remove', remove)}>
            Remove from the list
          </Button>
        )}
      </PageHeader>
      <NotRenewed query={{ data: job, error: problem }} />
      <div className={styles.facts}>
        {job.dryRun && (
          <MessageBar intent="info" layout="multiline">
            <MessageBarBody>
              <MessageBarTitle>This is a dry run.</MessageBarTitle>
              Nothing was changed; the results tell what would be.
              {may && !isRunning && draft !== undefined && (
                <>
                  {' '}
                  <Button appearance="primary" size="small" disabled={isBusy} onClick={() => act('Import', runForReal)}>
                    Run it for real
                  </Button>
                </>
              )}
              {may && !isRunning && draft === undefined && ' To run it for real, choose the file again.'}
            </MessageBarBody>
          </MessageBar>
        )}
        <JobCounts job={job} isRunning={isRunning} />
        <Text>
          Started {timeText(job.created)} by {job.by}
          {job.ended > 0 && `, ended ${timeText(job.ended)}`}.{' '}
          <Link to="/connectors/$connector/jobs" params={{ connector }}>
            All jobs
          </Link>
        </Text>
      </div>
      <JobResults connector={connector} job={job} />
    </>
  );
}
