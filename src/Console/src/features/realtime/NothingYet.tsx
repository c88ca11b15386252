import { Text } from '@fluentui/react-components';
import { useSuspenseQuery } from '@tanstack/react-query';
import { CommandLine } from '../../components/CommandLine';
import { EmptyState } from '../../components/EmptyState';
import { settingsQuery } from '../connectors/connectors';
import { deviceBase } from '../connectors/endpoint';

/** While nothing has happened: what would make something happen. */
export function NothingYet({ connector, identity }: { connector: string; identity: string | undefined }) {
  const { fqdn } = useSuspenseQuery(settingsQuery(connector)).data;
  const base = deviceBase(fqdn);
  const command =
    identity === undefined
      ? `curl -d 'vendor=${connector}&model=${connector}&sn=my-device' ${base}/provision/activate`
      : `curl -H "X-Exosite-CIK: $TOKEN" -d 'temperature=21.5' ${base}/onep:v1/stack/alias`;
  return (
    <EmptyState title="Nothing has happened yet">
      <Text>
        What {identity === undefined ? 'devices do' : `${identity} does`} shows here within a second, for as long as you watch. Nothing is
        stored: what happened before does not show.
      </Text>
      <Text>{identity === undefined ? 'A device that activates shows, for example:' : 'A value that it writes shows, for example:'}</Text>
      <CommandLine command={command} />
    </EmptyState>
  );
}
