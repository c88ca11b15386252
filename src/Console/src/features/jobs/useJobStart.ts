import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useMessages } from '../../components/Messages';
import { forgetDevices, refreshDevices } from '../identities/lists';
import { dropDraft, keepDraft } from './importDrafts';
import { endStarted, isCancelled, startJob, type JobStart } from './jobs';

interface StartOptions {
  /** How many devices pass the filter of the job. */
  total?: number;
  /** It has begun, and is gone to. */
  onSeen?: () => void;
  /** Whoever leaves is not taken to the job. Who cancels ends it, if it was sent at all. */
  signal?: AbortSignal;
}

/** Starts a job, and goes to it as soon as it is seen. */
export function useJobStart(connector: string): (start: JobStart, options?: StartOptions) => Promise<void> {
  const cache = useQueryClient();
  const router = useRouter();
  const messages = useMessages();
  return async (start, { total, onSeen, signal } = {}) => {
    const started = await startJob(cache, connector, start, { total, signal });
    if (started === undefined) {
      return;
    } else if (isCancelled(signal)) {
      await endStarted(connector, started).then(
        (hasEnded) =>
          messages.done(hasEnded ? 'The job was cancelled. What was done stays done.' : 'The job was over before it could be cancelled.'),
        (error: unknown) => messages.failed('The job was not cancelled', error),
      );
      forgetDevices(cache);
      await refreshDevices(cache);
      return;
    } else if (signal?.aborted === true) {
      return;
    }

    const { seen, answer } = started;
    const keep = (job: string) => {
      if ('table' in start && start.dryRun) {
        keepDraft(job, start);
      }
    };
    const go = (job: string, replace: boolean) =>
      router.navigate({ to: '/connectors/$connector/jobs/$job', params: { connector, job }, replace });

    onSeen?.();
    keep(seen.id);
    await go(seen.id, false);
    void answer.then(
      ({ id }) => {
        if (id === seen.id) {
          return;
        }

        dropDraft(seen.id);
        keep(id);
        // Another one was seen that looked the same: whoever still looks at it comes to their own.
        if (router.state.location.pathname.endsWith(`/jobs/${seen.id}`)) {
          void go(id, true);
        }
      },
      // It was seen to have begun: how it goes on is told where it is shown.
      () => undefined,
    );
  };
}
