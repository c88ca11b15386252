import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { keepDraft } from './importDrafts';
import { startJob, type JobStart } from './jobs';

interface StartOptions {
  /** How many devices pass the filter of the job. */
  total?: number;
  /** It has begun, and is gone to. */
  onSeen?: () => void;
}

/** Starts a job, and goes to it as soon as it is seen. */
export function useJobStart(connector: string): (start: JobStart, options?: StartOptions) => Promise<void> {
  const cache = useQueryClient();
  const router = useRouter();
  return async (start, { total, onSeen } = {}) => {
    const go = (job: string, replace: boolean) => {
      if ('table' in start && start.dryRun) {
        keepDraft(job, start);
      }

      return router.navigate({ to: '/connectors/$connector/jobs/$job', params: { connector, job }, replace });
    };

    const { seen, answer } = await startJob(cache, connector, start, total);
    onSeen?.();
    await go(seen.id, false);
    void answer.then(
      ({ id }) => {
        // Another one was seen that looked the same: whoever still looks at it comes to their own.
        if (id !== seen.id && router.state.location.pathname.endsWith(`/jobs/${seen.id}`)) {
          void go(id, true);
        }
      },
      // It was seen to have begun: how it goes on is told where it is shown.
      () => undefined,
    );
  };
}
