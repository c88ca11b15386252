import { Button, MessageBar, MessageBarBody, Text } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { sentenceOf } from '../../api/errors';
import type { Job } from '../../api/schema';
import { DialogForm } from '../../components/AppDialog';
import { forgetDevices } from '../identities/lists';
import { JobCounts } from './JobCounts';
import { endRunning, followJob, startJob, type JobStart } from './jobs';
import { countText, kindText } from './jobText';

/** Why it stops when somebody says so, and does not merely leave. */
const Cancelled = 'cancelled';
const hasLeft = ({ aborted }: AbortSignal): boolean => aborted;
const isCancelled = ({ aborted, reason }: AbortSignal): boolean => aborted && reason === Cancelled;

interface SeveralJobsProps {
  connector: string;
  title: string;
  starts: readonly JobStart[];
  /** Devices in all. */
  total: number;
  /** After a dry run: does it for real. */
  onAgain?: (() => void) | undefined;
  onClose: () => void;
}

type Phase = 'running' | 'done' | 'cancelled';

/** Within a dialog: more devices than one job may have, in one job after another, with the progress of all. */
export function SeveralJobs({ connector, title, starts, total, onAgain, onClose }: SeveralJobsProps) {
  const cache = useQueryClient();
  const [jobs, setJobs] = useState<readonly Job[]>([]);
  const [phase, setPhase] = useState<Phase>('running');
  const [problem, setProblem] = useState('');
  const stop = useRef(new AbortController());
  const current = useRef<Job>(undefined);

  useEffect(() => {
    const stopped = new AbortController();
    stop.current = stopped;
    const run = async () => {
      const done: Job[] = [];
      for (const start of starts) {
        if (stopped.signal.aborted) {
          return;
        }

        const { seen, answer } = await startJob(cache, connector, start);
        if (isCancelled(stopped.signal)) {
          // It was while this one was being started.
          await endRunning(connector, seen);
          return;
        }

        const onStand = (stand: Job) => {
          current.current = stand;
          if (!stopped.signal.aborted) {
            setJobs([...done, stand]);
          }
        };
        const stand = await followJob(connector, seen, onStand, stopped.signal);
        // Who leaves has no use for it; who stays must not be shown another job that looked the same.
        const own = hasLeft(stopped.signal) ? stand : await answer.catch(() => stand);
        done.push(own.id === stand.id ? stand : await followJob(connector, own, onStand, stopped.signal));
      }

      if (!stopped.signal.aborted) {
        forgetDevices(cache);
        setPhase('done');
      }
    };
    // A moment later, so that an effect that is run twice for a check starts one job.
    const timer = setTimeout(
      () =>
        void run().catch((error: unknown) => {
          setProblem(sentenceOf(error));
          setPhase('cancelled');
        }),
    );
    return () => {
      clearTimeout(timer);
      stopped.abort();
    };
  }, [cache, connector, starts]);

  const cancel = () => {
    stop.current.abort(Cancelled);
    setPhase('cancelled');
    if (current.current !== undefined) {
      void endRunning(connector, current.current).catch((error: unknown) => setProblem(sentenceOf(error)));
    }
  };

  const sum = (field: 'processed' | 'changed' | 'unchanged' | 'failed') => jobs.reduce((all, job) => all + job[field], 0);
  const first = jobs[0];
  const counts = {
    kind: first?.kind ?? 'import',
    dryRun: first?.dryRun ?? false,
    total,
    processed: sum('processed'),
    changed: sum('changed'),
    unchanged: sum('unchanged'),
    failed: sum('failed'),
  };

  return (
    <DialogForm
      title={title}
      actions={
        <>
          {phase === 'running' ? <Button onClick={cancel}>Cancel</Button> : <Button onClick={onClose}>Close</Button>}
          {phase === 'done' && onAgain && (
            <Button appearance="primary" onClick={onAgain}>
              Run it for real
            </Button>
          )}
        </>
      }
    >
      <Text block>
        {`Job ${Math.max(1, jobs.length)} of ${starts.length}; each has up to 10,000 devices. Keep this page open until all have begun.`}
      </Text>
      <JobCounts job={counts} isRunning={phase === 'running'} />
      {problem !== '' && (
        <MessageBar intent="error">
          <MessageBarBody>{problem}</MessageBarBody>
        </MessageBar>
      )}
      {phase === 'cancelled' && problem === '' && <Text block>Cancelled. What was done stays done.</Text>}
      <ul>
        {jobs.map((job) => (
          <li key={job.id}>
            <Link to="/connectors/$connector/jobs/$job" params={{ connector, job: job.id }} target="_blank">
              {kindText(job.kind)}: {countText(job.processed)} of {countText(job.total)}
            </Link>
          </li>
        ))}
      </ul>
    </DialogForm>
  );
}
