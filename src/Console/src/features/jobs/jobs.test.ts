import { describe, expect, it } from 'vitest';
import type { Job } from '../../api/schema';
import { newerOf, partsOf } from './jobs';

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
