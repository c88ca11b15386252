import { Badge, makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components';
import type { Job } from '../../api/schema';
import { countText } from '../../format/count';
import { resultText } from './jobText';

const useStyles = makeStyles({
  counts: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, marginTop: tokens.spacingVerticalS },
});

type Counts = Pick<Job, 'kind' | 'dryRun' | 'total' | 'processed' | 'changed' | 'unchanged' | 'failed'>;

/** How far a job is, and what became of its rows so far. */
export function JobCounts({ job, isRunning }: { job: Counts; isRunning: boolean }) {
  const styles = useStyles();
  return (
    <div>
      <ProgressBar
        value={job.total === 0 ? 1 : job.processed / job.total}
        thickness="large"
        color={isRunning ? 'brand' : job.failed > 0 ? 'warning' : 'success'}
        aria-label="Progress"
        aria-valuetext={`${job.processed} of ${job.total}`}
      />
      <div className={styles.counts} role="status">
        <Text>
          {countText(job.processed)} of {countText(job.total)}
        </Text>
        {job.kind !== 'export' && (
          <Badge appearance="tint" color="success">
            {countText(job.changed)} {resultText('changed', job)}
          </Badge>
        )}
        <Badge appearance="tint" color="informative">
          {countText(job.unchanged)} {resultText('unchanged', job)}
        </Badge>
        <Badge appearance="tint" color={job.failed > 0 ? 'danger' : 'informative'}>
          {countText(job.failed)} {resultText('failed', job)}
        </Badge>
      </div>
    </div>
  );
}
