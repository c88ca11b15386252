import { api } from '../../api/client';
import type { Job } from '../../api/schema';

/** Downloads all results of a job as a table. */
export async function downloadResults(connector: string, { id, kind }: Pick<Job, 'id' | 'kind'>): Promise<void> {
  const { data } = await api.GET('/api:1/service/{connector}/device2/jobs/{job}/results', {
    params: { path: { connector, job: id }, query: { format: 'csv' } },
    parseAs: 'blob',
  });
  if (data === undefined) {
    throw new Error('The app sent no table.');
  }

  const address = URL.createObjectURL(data);
  const link = document.createElement('a');
  link.href = address;
  link.download = `${kind}-${id}.csv`;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
