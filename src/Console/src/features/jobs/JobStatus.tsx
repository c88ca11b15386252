import { Badge } from '@fluentui/react-components';
import type { Job } from '../../api/schema';

const Colors = { running: 'brand', done: 'success', cancelled: 'warning' } as const;

/** Where a job stands, and whether it was only tried. */
export function JobStatus({ job }: { job: Job }) {
  return (
    <>
      <Badge appearance="tint" color={Colors[job.status]}>
        {job.status}
      </Badge>
      {job.dryRun && (
        <Badge appearance="outline" color="important" style={{ marginLeft: '4px' }}>
          dry run
        </Badge>
      )}
    </>
  );
}
