import { api } from '../../api/client';
import type { Job } from '../../api/schema';
import { saveFile } from '../../format/saveFile';

/** Downloads all results of a job as a table. */
export async function downloadResults(connector: string, { id, kind }: Pick<Job, 'id' | 'kind'>): Promise<void> {
  const { data } = await api.GET('/api:1/service/{connector}/device2/jobs/{job}/results', {
    params: { path: { connector, job: id }, query: { format: 'csv' } },
    parseAs: 'blob',
  });
  if (data === undefined) {
    throw new Error('The app sent no table.');
  }

  saveFile(`${kind}-${id}.csv`, data);
}
