import { useSuspenseQuery } from '@tanstack/react-query';
import { CopyButton } from '../../components/CopyButton';
import { settingsQuery } from './connectors';

/** Copies the name of the host that devices call. */
export function EndpointButton({ connector }: { connector: string }) {
  const { fqdn } = useSuspenseQuery(settingsQuery(connector)).data;
  return (
    <CopyButton text={fqdn} label={`Copy ${fqdn}`}>
      Copy endpoint
    </CopyButton>
  );
}
