import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { PageHeader } from '../../components/PageHeader';
import { LiveLog } from './LiveLog';
import { liveSearch } from './search';

const Here = '/inside/connectors/$connector/logs';

/** The live log of a connector. */
export function LogsPage() {
  const { connector } = useParams({ from: Here });
  const search = useSearch({ from: Here });
  const navigate = useNavigate({ from: '/connectors/$connector/logs' });
  return (
    <>
      <PageHeader title="Logs" />
      <LiveLog
        connector={connector}
        search={search}
        onSearch={(change) => void navigate({ search: (before) => liveSearch({ ...before, ...change }), replace: true })}
      />
    </>
  );
}
