import type { Job } from '../../api/schema';
import { pluralText } from '../../format/count';

const Kinds: Record<Job['kind'], string> = {
  import: 'Import',
  lock: 'Lock',
  unlock: 'Unlock',
  delete: 'Delete',
  tag: 'Change tags',
  state: 'Set values',
  export: 'Export',
};

/** `1 device`, `2 devices`. */
export const devicesText = (count: number): string => pluralText(count, 'device');

/** What a job does. */
export const kindText = (kind: Job['kind']): string => Kinds[kind];

/** What became of rows, in words: a dry run has done nothing. */
export const resultText = (result: 'changed' | 'unchanged' | 'failed', job: Pick<Job, 'kind' | 'dryRun'>): string => {
  if (job.kind === 'export') {
    return result === 'failed' ? 'failed' : 'exported';
  }

  return job.dryRun ? { changed: 'would change', unchanged: 'would stay', failed: 'would fail' }[result] : result;
};
