import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { LiveLog } from './LiveLog';
import { liveSearch } from './search';

const Here = '/inside/connectors/$connector/devices/$identity/log';

/** The live log of a device. */
export function DeviceLogTab() {
  const { connector, identity } = useParams({ from: Here });
  const search = useSearch({ from: Here });
  const navigate = useNavigate({ from: '/connectors/$connector/devices/$identity/log' });
  return (
    <LiveLog
      key={identity}
      connector={connector}
      identity={identity}
      search={search}
      onSearch={(change) => void navigate({ search: (before) => liveSearch({ ...before, ...change }), replace: true })}
    />
  );
}
