import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Job } from '../../api/schema';
import { operatorQuery } from '../access/operator';
import { newerOf, partsOf, startJob } from './jobs';

const job = (processed: number, status: Job['status'] = 'running'): Job => ({
  id: 'a',
  kind: 'lock',
  status,
  dryRun: false,
  by: 'ann',
  byId: 'key000000000',
  created: 1,
  ended: status === 'running' ? 0 : 2,
  total: 10,
  processed,
  changed: processed,
  unchanged: 0,
  failed: 0,
});

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
  let reply: (job: Job) => void;
  const cache = new QueryClient();
  cache.setQueryData(operatorQuery.queryKey, { name: 'ann', role: 'operator' });
  const start = () => startJob(cache, 'c1', { kind: 'lock', identities: Array.from({ length: 10 }, (_, i) => `d${i}`) });
  const like = (change: Partial<Job>): Job => ({ ...job(1), ...change });

  beforeEach(() => {
    vi.useFakeTimers();
    listed.splice(0);
    vi.stubGlobal('fetch', ({ method }: Request) =>
      method === 'GET'
        ? Promise.resolve(Response.json({ jobs: listed }))
        : new Promise<Response>((done) => (reply = (answer) => done(Response.json(answer)))),
    );
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
});
