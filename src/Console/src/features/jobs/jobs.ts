import type { QueryClient } from '@tanstack/react-query';
import { api, query } from '../../api/client';
import { persist } from '../../api/retry';
import type { Job, JobRequest } from '../../api/schema';
import { wait } from '../../format/wait';
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

/** Why work stops when somebody says so, and does not merely leave. */
export const Cancelled = new DOMException('It was cancelled.', 'AbortError');

/** Whether somebody said that it must stop. */
export const isCancelled = (signal: AbortSignal | undefined): boolean => signal?.aborted === true && signal.reason === Cancelled;

/** A job that was started. */
export interface StartedJob {
  /** As it was seen first. */
  seen: Job;
  /** What the app answers, in the end: this is the job that was started. */
  answer: Promise<Job>;
}

/** How many rows a job will have; undefined where a filter chooses them. */
const rowsOf = (start: JobStart): number | undefined => (isForm(start) ? start.count : (start.rows ?? start.identities)?.length);

interface StartOptions {
  /** How many devices pass the filter of the job. */
  total?: number | undefined;
  /** Nothing is sent any more after it. */
  signal?: AbortSignal | undefined;
}

/**
 * Starts a job; undefined when the signal came before it was sent. The app works on it for up to 20 s before it answers; a large job is seen in the list of jobs earlier, so that it can be
 * watched and cancelled from its beginning. Only the answer tells for sure which one it is: the same person may have started another like it elsewhere.
 */
export async function startJob(
  cache: QueryClient,
  connector: string,
  start: JobStart,
  { total, signal }: StartOptions = {},
): Promise<StartedJob | undefined> {
  const { name } = await cache.query({ ...operatorQuery, staleTime: 'static' });
  const before = new Set((await readJobs(connector)).map(({ id }) => id));
  const kind = isForm(start) ? 'import' : start.kind;
  const dryRun = start.dryRun ?? false;
  const rows = rowsOf(start) ?? total;
  if (signal?.aborted === true) {
    return undefined;
  }

  let isAnswered = false;
  const answer = post(connector, start).finally(() => {
    isAnswered = true;
  });

  const sight = new Promise<Job>((found) => {
    const look = async () => {
      if (isAnswered) {
        return;
      }

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

/** Cancels a job if it still runs, which is asked just before: one that has ended would be removed with its results. Returns whether it ran. */
export async function endRunning(connector: string, job: string): Promise<boolean> {
  const now = (await readJobs(connector)).find(({ id }) => id === job);
  if (now?.status !== 'running') {
    return false;
  }

  await endJob(connector, job);
  return true;
}

/** The same with one that was just started, also when it turns out to be another than the one that was seen. */
export async function endStarted(connector: string, { seen, answer }: StartedJob): Promise<boolean> {
  const hasEnded = await endRunning(connector, seen.id);
  const own = await answer.catch(() => seen);
  return own.id === seen.id ? hasEnded : endRunning(connector, own.id);
}

/** A job that waits is over after this, or its signal came; tells how it stands meanwhile. What fails for a while is asked for again. */
export async function followJob(connector: string, job: Job, onStand: (job: Job) => void, signal: AbortSignal): Promise<Job> {
  let stand = job;
  onStand(stand);
  while (stand.status === 'running' && !signal.aborted) {
    const asked = { isOver: false };
    const look = async () => {
      const now = (await readJobs(connector)).find(({ id }) => id === job.id);
      if (!asked.isOver && now !== undefined && now.processed > stand.processed) {
        onStand((stand = now));
      }
    };
    // One that fails is no loss: the next is a moment later, and what was asked for tells in the end.
    const glance = setInterval(() => void look().catch(() => undefined), Glance);
    const ask = () => api.GET('/api:1/service/{connector}/device2/jobs/{job}', { params: { path: { connector, job: job.id } } });
    try {
      stand = (await persist(ask, signal)).data ?? stand;
    } finally {
      asked.isOver = true;
      clearInterval(glance);
    }

    onStand(stand);
    if (stand.status === 'running') {
      await wait(Glance, signal);
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
