import type { QueryClient } from '@tanstack/react-query';
import { api, query } from '../../api/client';
import type { Job, JobRequest } from '../../api/schema';
import { operatorQuery } from '../access/operator';

/** Most identities of one job. */
export const JobRows = 10_000;

/** Most bytes of a job's body; the app takes 1 MB. */
const JobBytes = 900_000;

const Path = '/api:1/service/{connector}/device2/jobs';
const Glance = 1_000;

/** The jobs of a connector, the newest first. */
export const jobsQuery = (connector: string) => query.queryOptions('get', Path, { params: { path: { connector } } });

/** A job. To ask for it is to advance it, so the answer may take a while. */
export const jobQuery = (connector: string, job: string) =>
  query.queryOptions('get', '/api:1/service/{connector}/device2/jobs/{job}', { params: { path: { connector, job } } });

/** A table to import. */
export interface ImportForm {
  table: string;
  /** Its rows, without the first line. */
  count: number;
  /** When the windows for activation end, in microseconds; 0 = they do not. */
  expire: number;
  dryRun: boolean;
}

/** What starts a job. */
export type JobStart = JobRequest | ImportForm;

const isForm = (start: JobStart): start is ImportForm => 'table' in start;

async function post(connector: string, start: JobStart): Promise<Job> {
  const body = isForm(start) ? ({} as never) : start;
  const { data } = await api.POST(Path, {
    params: { path: { connector } },
    body,
    ...(isForm(start) && { bodySerializer: () => formOf(start) }),
  });
  return data as Job;
}

function formOf({ table, expire, dryRun }: ImportForm): FormData {
  const form = new FormData();
  form.append('identities', new Blob([table], { type: 'text/csv' }), 'identities.csv');
  form.append('dryRun', String(dryRun));
  if (expire > 0) {
    form.append('expire', String(expire));
  }

  return form;
}

/** A job that was started. */
interface StartedJob {
  /** As it was seen first. */
  seen: Job;
  /** What the app answers, in the end: this is the job that was started. */
  answer: Promise<Job>;
}

/** How many rows a job will have; undefined where a filter chooses them. */
const rowsOf = (start: JobStart): number | undefined => (isForm(start) ? start.count : (start.rows ?? start.identities)?.length);

/**
 * Starts a job; `total` is how many devices pass its filter. The app works on it for up to 20 s before it answers; a large job is seen in the list of jobs earlier, so that it can be watched
 * and cancelled from its beginning. Only the answer tells for sure which one it is: the same person may have started another like it elsewhere.
 */
export async function startJob(cache: QueryClient, connector: string, start: JobStart, total?: number): Promise<StartedJob> {
  const { name } = await cache.query({ ...operatorQuery, staleTime: 'static' });
  const before = new Set((await readJobs(connector)).map(({ id }) => id));
  const kind = isForm(start) ? 'import' : start.kind;
  const dryRun = start.dryRun ?? false;
  const rows = rowsOf(start) ?? total;
  let isAnswered = false;
  const answer = post(connector, start).finally(() => {
    isAnswered = true;
  });

  const sight = new Promise<Job>((found) => {
    const look = async () => {
      const fresh = (await readJobs(connector)).filter(
        (job) => !before.has(job.id) && job.kind === kind && job.dryRun === dryRun && job.by === name && job.total === rows,
      );
      // Two that look alike cannot be told apart before the answer.
      if (fresh.length === 1 && fresh[0] !== undefined) {
        found(fresh[0]);
      } else {
        again();
      }
    };
    const again = () => {
      if (!isAnswered) {
        setTimeout(() => void look().catch(again), Glance);
      }
    };
    again();
  });
  const seen = await Promise.race([answer, sight]);
  await cache.invalidateQueries(jobsQuery(connector));
  return { seen, answer };
}

async function readJobs(connector: string): Promise<Job[]> {
  return (await api.GET(Path, { params: { path: { connector } } })).data?.jobs ?? [];
}

/** Cancels a job that goes on, or removes one that has ended. */
export const endJob = (connector: string, job: string) =>
  api.DELETE('/api:1/service/{connector}/device2/jobs/{job}', { params: { path: { connector, job } } });

/** Cancels a job that still runs. One that has ended stays in the list: asked for once more, the app would remove it with its results. */
export async function endRunning(connector: string, job: Job): Promise<void> {
  if (job.status === 'running') {
    await endJob(connector, job.id);
  }
}

/** A job that waits is over after this; tells how it stands meanwhile. */
export async function followJob(connector: string, job: Job, onStand: (job: Job) => void, signal: AbortSignal): Promise<Job> {
  let stand = job;
  onStand(stand);
  while (stand.status === 'running' && !signal.aborted) {
    const advanced = api
      .GET('/api:1/service/{connector}/device2/jobs/{job}', { params: { path: { connector, job: job.id } } })
      .then(({ data }) => data);
    const glance = setInterval(() => {
      void readJobs(connector).then((jobs) => {
        const now = jobs.find(({ id }) => id === job.id);
        if (now !== undefined && now.processed > stand.processed) {
          onStand((stand = now));
        }
      });
    }, Glance);
    try {
      stand = (await advanced) ?? stand;
    } finally {
      clearInterval(glance);
    }

    onStand(stand);
    if (stand.status === 'running') {
      await new Promise((go) => setTimeout(go, Glance));
    }
  }

  return stand;
}

/** The one of two readings of a job that is newer. */
export const newerOf = (one: Job, other: Job | undefined): Job =>
  other !== undefined && (other.processed > one.processed || (one.status === 'running' && other.status !== 'running')) ? other : one;

/** Names in as many parts as there must be jobs. */
export function partsOf(identities: readonly string[]): string[][] {
  const parts: string[][] = [];
  let part: string[] = [];
  let bytes = 0;
  for (const identity of identities) {
    // Three bytes a character at most; and what stands around a name where it is a row.
    const size = identity.length * 3 + 40;
    if (part.length >= JobRows || (part.length > 0 && bytes + size > JobBytes)) {
      parts.push(part);
      part = [];
      bytes = 0;
    }

    part.push(identity);
    bytes += size;
  }

  return part.length === 0 ? parts : [...parts, part];
}
