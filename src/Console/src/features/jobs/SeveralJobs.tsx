import { Button, MessageBar, MessageBarBody, Text } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { ApiError, sentenceOf } from '../../api/errors';
import type { Job } from '../../api/schema';
import { DialogForm } from '../../components/AppDialog';
import { countText } from '../../format/count';
import { forgetDevices } from '../identities/lists';
import { JobCounts } from './JobCounts';
import { Cancelled, endRunning, endStarted, followJob, isCancelled, startJob, type JobStart, type StartedJob } from './jobs';
import { kindText } from './jobText';

const hasLeft = ({ aborted }: AbortSignal): boolean => aborted;

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

type Phase = 'running' | 'done' | 'cancelled' | 'failed';

/** Within a dialog: more devices than one job may have, in one job after another, with the progress of all. */
export function SeveralJobs({ connector, title, starts, total, onAgain, onClose }: SeveralJobsProps) {
  const cache = useQueryClient();
  const [jobs, setJobs] = useState<readonly Job[]>([]);
  const [phase, setPhase] = useState<Phase>('running');
  const [problem, setProblem] = useState('');
  const [turn, setTurn] = useState(0);
  const stop = useRef(new AbortController());
  // Where it stands, for who goes on after something failed.
  const over = useRef<readonly Job[]>([]);
  const current = useRef<StartedJob>(undefined);

  useEffect(() => {
    const stopped = new AbortController();
    stop.current = stopped;
    const { signal } = stopped;
    const end = (job: Job | undefined) => {
      over.current = job === undefined ? over.current : [...over.current, job];
      current.current = undefined;
    };
    const run = async () => {
      for (const start of starts.slice(over.current.length)) {
        if (signal.aborted) {
          return;
        }

        // One that has begun is gone on with.
        const begun = current.current ?? (await startJob(cache, connector, start, { signal }));
        if (begun === undefined) {
          return;
        } else if (isCancelled(signal)) {
          // It was while this one was being started.
          await endStarted(connector, begun).catch((error: unknown) => setProblem(sentenceOf(error)));
          return;
        }

        const onStand = (stand: Job) => {
          current.current = { ...begun, seen: stand };
          if (!signal.aborted) {
            setJobs([...over.current, stand]);
          }
        };
        const stand = await followJob(connector, begun.seen, onStand, signal);
        // Who leaves has no use for it; who stays must not be shown another job that looked the same.
        const own = hasLeft(signal) ? stand : await begun.answer.catch(() => stand);
        end(own.id === stand.id ? stand : await followJob(connector, own, onStand, signal));
      }

      if (!signal.aborted) {
        forgetDevices(cache);
        setPhase('done');
      }
    };
    const fail = (error: unknown) => {
      if (signal.aborted) {
        return;
      }

      setProblem(sentenceOf(error));
      setPhase('failed');
      // A job that was removed is not asked for once more.
      if (error instanceof ApiError && error.status === 404) {
        end(current.current?.seen);
      }
    };
    // A moment later, so that an effect that is run twice for a check starts one job.
    const timer = setTimeout(() => void run().catch(fail));
    return () => {
      clearTimeout(timer);
      stopped.abort();
    };
  }, [cache, connector, starts, turn]);

  const cancel = () => {
    stop.current.abort(Cancelled);
    setPhase('cancelled');
    if (current.current !== undefined) {
      void endRunning(connector, current.current.seen.id).catch((error: unknown) => setProblem(sentenceOf(error)));
    }
  };

  const goOn = () => {
    setProblem('');
    setPhase('running');
    setTurn((last) => last + 1);
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
          {phase === 'failed' && (
            <Button appearance="primary" onClick={goOn}>
              Go on
            </Button>
          )}
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
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            {problem}
            {phase === 'failed' && ' What has begun goes on, and the rest waits.'}
          </MessageBarBody>
        </MessageBar>
      )}
      {phase === 'cancelled' && problem === '' && <Text block>Cancelled. What was done stays done.</Text>}
      <ul>
        {jobs.map((job) => (
          <li key={job.id}>
            <Link to="/connectors/$connector/jobs/$job" params={{ connector, job: job.id }} target="_blank" rel="opener">
              {kindText(job.kind)}: {countText(job.processed)} of {countText(job.total)}
            </Link>
          </li>
        ))}
      </ul>
    </DialogForm>
  );
}
