import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Job } from '../../api/schema';
import { operatorQuery } from '../access/operator';
import { endRunning, endStarted, followJob, newerOf, partsOf, startJob } from './jobs';
import { jobOf } from './jobs.world';

const job = (processed: number, status: Job['status'] = 'running'): Job =>
  jobOf({ status, ended: status === 'running' ? 0 : 2, processed, changed: processed });

describe('partsOf', () => {
  it.each([
    [0, 0],
    [1, 1],
    [10_000, 1],
    [10_001, 2],
    [100_000, 10],
  ])('makes of %i names %i jobs', (names, jobs) => {
    const parts = partsOf(Array.from({ length: names }, (_, i) => `d${i}`));
    expect(parts).toHaveLength(jobs);
    expect(parts.flat()).toHaveLength(names);
  });

  it('keeps bodies below what the app takes', () => {
    const parts = partsOf(Array.from({ length: 10_000 }, () => 'x'.repeat(200)));
    expect(Math.max(...parts.map((part) => JSON.stringify(part).length))).toBeLessThan(900_000);
    expect(parts.flat()).toHaveLength(10_000);
  });
});

describe('newerOf', () => {
  it('goes forward only', () => {
    expect(newerOf(job(5), job(7)).processed).toBe(7);
    expect(newerOf(job(7), job(5)).processed).toBe(7);
    expect(newerOf(job(7), undefined).processed).toBe(7);
    expect(newerOf(job(10), job(10, 'done')).status).toBe('done');
    expect(newerOf(job(10, 'done'), job(10)).status).toBe('done');
  });
});

describe('startJob', () => {
  const listed: Job[] = [];
  const sent: string[] = [];
  let reply: (job: Job) => void;
  const cache = new QueryClient();
  cache.setQueryData(operatorQuery.queryKey, { name: 'ann', role: 'operator' });
  const work = { kind: 'lock' as const, identities: Array.from({ length: 10 }, (_, i) => `d${i}`) };
  const start = async () => {
    const started = await startJob(cache, 'c1', work);
    if (started === undefined) {
      throw new Error('It was not sent.');
    }

    return started;
  };
  const like = (change: Partial<Job>): Job => ({ ...job(1), ...change });

  beforeEach(() => {
    vi.useFakeTimers();
    listed.splice(0);
    sent.splice(0);
    vi.stubGlobal('fetch', ({ method, url }: Request) => {
      if (method === 'GET') {
        return Promise.resolve(Response.json({ jobs: listed }));
      }

      sent.push(`${method} ${url.slice(url.lastIndexOf('/') + 1)}`);
      return method === 'POST'
        ? new Promise<Response>((done) => (reply = (answer) => done(Response.json(answer))))
        : Promise.resolve(new Response(null, { status: 204 }));
    });
  });

  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it('tells of a job as soon as it is seen, which may be long before the answer', async () => {
    const started = start();
    await vi.advanceTimersByTimeAsync(100);
    listed.push(like({ id: 'own' }));
    await vi.advanceTimersByTimeAsync(2_000);
    expect((await started).seen.id).toBe('own');
    reply(like({ id: 'own', status: 'done' }));
    expect((await (await started).answer).id).toBe('own');
  });

  it.each<Partial<Job>>([{ by: 'bob' }, { kind: 'unlock' }, { dryRun: true }, { total: 11 }])(
    'does not follow another job, with %j, that began at the same time',
    async (difference) => {
      const started = start();
      await vi.advanceTimersByTimeAsync(100);
      listed.push(like({ id: 'other', ...difference }));
      await vi.advanceTimersByTimeAsync(5_000);
      reply(like({ id: 'own' }));
      await vi.advanceTimersByTimeAsync(2_000);
      expect((await started).seen.id).toBe('own');
    },
  );

  it('has the last word of the app where two look the same', async () => {
    const started = start();
    await vi.advanceTimersByTimeAsync(100);
    listed.push(like({ id: 'other' }));
    await vi.advanceTimersByTimeAsync(2_000);
    expect((await started).seen.id).toBe('other');
    reply(like({ id: 'own' }));
    expect((await (await started).answer).id).toBe('own');
  });

  it('sends nothing after it was cancelled, also where that was while it looked what is there', async () => {
    const stop = new AbortController();
    const started = startJob(cache, 'c1', work, { signal: stop.signal });
    stop.abort();
    expect(await started).toBeUndefined();
    expect(sent).toEqual([]);
  });

  it('is cancelled whichever it is: the one that was seen, and the one of the answer', async () => {
    const started = start();
    await vi.advanceTimersByTimeAsync(100);
    listed.push(like({ id: 'other' }));
    await vi.advanceTimersByTimeAsync(2_000);
    const ended = endStarted('c1', await started);
    listed.push(like({ id: 'own' }));
    reply(like({ id: 'own' }));
    expect(await ended).toBe(true);
    expect(sent).toEqual(['POST jobs', 'DELETE other', 'DELETE own']);
  });

  it('that has ended is not ended again, which would remove it with its results', async () => {
    listed.push(like({ id: 'own', status: 'done' }));
    expect(await endRunning('c1', 'own')).toBe(false);
    expect(await endRunning('c1', 'gone')).toBe(false);
    expect(sent).toEqual([]);
  });
});

describe('followJob', () => {
  const never = new AbortController().signal;

  beforeEach(() => vi.useFakeTimers());
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  /** An app that gives these answers in turn to who asks for the job, and fails to tell of all jobs. */
  function serve(...answers: Response[]) {
    vi.stubGlobal('fetch', ({ url }: Request) =>
      Promise.resolve((url.endsWith('/jobs') ? undefined : answers.shift()) ?? Response.json({ message: 'Busy.' }, { status: 503 })),
    );
    return answers;
  }

  it('asks again after what passes, as long after as the app says', async () => {
    const busy = Response.json({ message: 'Busy.' }, { status: 503, headers: { 'Retry-After': '3' } });
    const answers = serve(Response.json(job(5)), busy, Response.error(), Response.json(job(10, 'done')));
    const stands: number[] = [];
    const over = followJob('c1', job(1), ({ processed }) => stands.push(processed), never);
    await vi.advanceTimersByTimeAsync(3_900);
    expect(answers).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(2_000);
    expect((await over).status).toBe('done');
    expect(stands).toEqual([1, 5, 10]);
  });

  it('gives up at once when the job is gone, and in the end when nobody answers', async () => {
    serve(Response.json({ message: 'There is no such job.' }, { status: 404 }));
    await expect(followJob('c1', job(1), () => undefined, never)).rejects.toMatchObject({ status: 404 });
    serve();
    const over = expect(followJob('c1', job(1), () => undefined, never)).rejects.toMatchObject({ status: 503 });
    await vi.advanceTimersByTimeAsync(60_000);
    await over;
  });

  it('does not wait for who has left', async () => {
    const stop = new AbortController();
    serve();
    const over = expect(followJob('c1', job(1), () => undefined, stop.signal)).rejects.toMatchObject({ status: 503 });
    await vi.advanceTimersByTimeAsync(100);
    stop.abort();
    await over;
  });
});
