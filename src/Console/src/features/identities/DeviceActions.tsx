import { Button, Text } from '@fluentui/react-components';
import { DeleteRegular, LockClosedRegular, LockOpenRegular } from '@fluentui/react-icons';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../api/client';
import type { Identity } from '../../api/schema';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { useMessages } from '../../components/Messages';
import { deviceQuery, useDeviceChange } from './device';
import { lastListPlace } from './listPlace';
import { forgetDevices } from './lists';
import { stopSimulated } from './simulate/simulated';

interface DeviceActionsProps {
  connector: string;
  device: Identity;
}

/** What can be done with a device as a whole. */
export function DeviceActions({ connector, device }: DeviceActionsProps) {
  const [isDeleting, setDeleting] = useState(false);
  return (
    <>
      <LockButton connector={connector} device={device} />
      <Button icon={<DeleteRegular />} onClick={() => setDeleting(true)}>
        Delete
      </Button>
      {isDeleting && <DeleteDialog connector={connector} identity={device.identity} onClose={() => setDeleting(false)} />}
    </>
  );
}

/** Keeps a device out, or lets it in again. */
export function LockButton({ connector, device: { identity, locked } }: DeviceActionsProps) {
  const change = useDeviceChange(connector, identity);
  const messages = useMessages();
  const toggle = () =>
    change.mutate(
      { change: { locked: !locked }, done: locked ? `${identity} is let in again.` : `${identity} is locked.` },
      { onError: (error) => messages.failed(locked ? 'It was not unlocked' : 'It was not locked', error) },
    );
  return (
    <Button icon={locked ? <LockOpenRegular /> : <LockClosedRegular />} onClick={toggle} disabledFocusable={change.isPending}>
      {locked ? 'Unlock' : 'Lock'}
    </Button>
  );
}

function DeleteDialog({ connector, identity, onClose }: { connector: string; identity: string; onClose: () => void }) {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const messages = useMessages();
  const remove = async () => {
    stopSimulated(connector, identity);
    await api.DELETE('/api:1/service/{connector}/device2/identity/{identity}', { params: { path: { connector, identity } } });
    messages.done(`${identity} is deleted.`);
    forgetDevices(cache);
    await navigate({ to: '/connectors/$connector/devices', params: { connector }, search: lastListPlace(connector) });
    cache.removeQueries({ queryKey: deviceQuery(connector, identity).queryKey });
  };

  return (
    <ConfirmDialog title={`Delete ${identity}?`} action="Delete" typed={identity} onConfirm={remove} onClose={onClose}>
      <Text>
        Its credential, values, tags and files go with it. This cannot be undone. Where devices may present themselves, it can come back as
        a new one.
      </Text>
    </ConfirmDialog>
  );
}
