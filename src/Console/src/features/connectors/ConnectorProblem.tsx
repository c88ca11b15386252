import { Button } from '@fluentui/react-components';
import { Link, useParams, type ErrorComponentProps } from '@tanstack/react-router';
import { PageHeader } from '../../components/PageHeader';
import { Problem } from '../../components/Problem';
import { leave } from '../access/session';

/** In place of all screens of a connector that cannot be shown: it is gone, or who is signed in may not see it. There is a way to others, and to another key. */
export function ConnectorProblem({ error, reset }: ErrorComponentProps) {
  const { connector } = useParams({ from: '/inside/connectors/$connector' });
  return (
    <main style={{ padding: '16px' }}>
      <PageHeader title={`Connector ${connector}`}>
        <Link to="/">Go to the start</Link>
        <Button onClick={() => leave()}>Sign out</Button>
      </PageHeader>
      <Problem error={error} reset={reset} />
    </main>
  );
}
