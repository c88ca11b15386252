import { Text } from '@fluentui/react-components';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { CommandLine } from '../../components/CommandLine';
import { EmptyState } from '../../components/EmptyState';
import { settingsQuery } from '../connectors/connectors';
import { deviceBase } from '../connectors/endpoint';
import { uploadCommand } from './commands';
import { FileList } from './FileList';
import { folderOf } from './files';

/** The files that a device uploaded. */
export function DeviceFilesTab() {
  const { connector, identity } = useParams({ from: '/inside/connectors/$connector/devices/$identity/files' });
  const { fqdn } = useSuspenseQuery(settingsQuery(connector)).data;
  return (
    <FileList
      key={identity}
      connector={connector}
      identity={identity}
      prefix={folderOf(identity)}
      empty={
        <EmptyState title="This device has uploaded no files">
          <Text>With its token it does so like this:</Text>
          <CommandLine command={uploadCommand(deviceBase(fqdn))} />
        </EmptyState>
      }
    />
  );
}
