import { Button, Link, Text } from '@fluentui/react-components';
import { createLink } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client';
import { EmptyState } from '../../components/EmptyState';
import { useMessages } from '../../components/Messages';
import { useMay } from '../access/operator';
import { refreshDevice } from './device';
import { lastListPlace } from './listPlace';
import { forgetDevices } from './lists';

const RouterLink = createLink(Link);

/** In place of a device that the connector does not know. */
export function UnknownDevice({ connector, identity }: { connector: string; identity: string }) {
  const mayChange = useMay('operator');
  const cache = useQueryClient();
  const messages = useMessages();
  const [isBusy, setBusy] = useState(false);
  const make = async () => {
    setBusy(true);
    try {
      await api.PUT('/api:1/service/{connector}/device2/identity/{identity}', { params: { path: { connector, identity } }, body: {} });
      forgetDevices(cache);
      await refreshDevice(cache, connector, identity);
      messages.done(`${identity} is made. It may activate now.`);
    } catch (error) {
      messages.failed('It was not made', error);
      setBusy(false);
    }
  };

  return (
    <EmptyState title="There is no such device">
      <Text>
        This connector does not know the identity <strong>{identity}</strong>. It may have been deleted, or it has not activated yet.
      </Text>
      {mayChange && (
        <>
          <Text>You can make the identity now: then the device may activate, whether devices may present themselves or not.</Text>
          <Button appearance="primary" onClick={make} disabledFocusable={isBusy}>
            Make it
          </Button>
        </>
      )}
      <RouterLink to="/connectors/$connector/devices" params={{ connector }} search={lastListPlace(connector)}>
        Back to the devices
      </RouterLink>
    </EmptyState>
  );
}
