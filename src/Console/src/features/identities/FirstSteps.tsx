import { Button, makeStyles, MessageBar, MessageBarBody, MessageBarTitle, Text, tokens } from '@fluentui/react-components';
import { useCallback, useEffect, useRef, useState } from 'react';
import { api } from '../../api/client';
import type { Settings } from '../../api/schema';
import { CommandLine } from '../../components/CommandLine';
import { EmptyState } from '../../components/EmptyState';
import { Waiting } from '../../components/Waiting';
import { useMay } from '../access/operator';
import { useLiveEvents, type LiveEvent } from '../realtime/liveFeed';
import { firstAlias, firstWriteCommand } from './firstWrite';
import { SimulateButton } from './simulate/SimulateButton';

const useStyles = makeStyles({
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  line: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
  heading: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
});

/** How often it is looked whether the device has written, where there is no live log. */
const Every = 2_000;

interface FirstStepsProps {
  connector: string;
  settings: Settings;
  /** The identity that the command uses. */
  sample: string;
  /** False once the device of the command is in the list below. */
  isEmpty: boolean;
  onNew: () => void;
  onArrival: () => void;
}

/** In place of a list without devices: three ways to the first one. */
export function FirstSteps({ connector, settings, sample, isEmpty, onNew, onArrival }: FirstStepsProps) {
  const styles = useStyles();
  const may = useMay('operator');
  const hasArrived = useFirstWrite(connector, sample, firstAlias(settings.resources), onArrival);
  const { provisioning } = settings;
  const obstacle = !provisioning.enabled
    ? 'Provisioning is switched off in the settings: no device can activate.'
    : !provisioning.presenter_identity
      ? 'Only devices that were made here may activate: make one first.'
      : provisioning.auth_type !== 'token'
        ? `Devices of this connector show a ${provisioning.auth_type}; the command line for that is in the API reference.`
        : '';
  const command = firstWriteCommand(connector, settings, sample);

  const arrival = (
    <div role="status">
      {hasArrived ? (
        <MessageBar intent="success">
          <MessageBarBody>
            <MessageBarTitle>The first write has arrived.</MessageBarTitle>
            {sample} is here.
          </MessageBarBody>
        </MessageBar>
      ) : (
        <Waiting isSmall label="Waiting for its first write" />
      )}
    </div>
  );

  if (!isEmpty) {
    return <div style={{ marginBottom: '8px' }}>{arrival}</div>;
  }

  return (
    <EmptyState title="No devices yet">
      {may ? (
        <>
          <Text>
            A simulated device runs in this tab and writes changing values. New devices wait for their activation; many come from a CSV
            file.
          </Text>
          <div className={styles.buttons}>
            <SimulateButton connector={connector} appearance="primary" />
            <Button onClick={onNew}>New device(s)</Button>
          </div>
        </>
      ) : (
        <Text>Your role may look only. An operator can make devices here, or devices activate by themselves.</Text>
      )}
      <h3 className={styles.heading}>Or from a command line</h3>
      {obstacle !== '' ? (
        <Text>{obstacle}</Text>
      ) : (
        <>
          <Text>This activates a device and writes a value, as a real one would:</Text>
          <CommandLine command={command} isDone={hasArrived} />
          {arrival}
        </>
      )}
    </EmptyState>
  );
}

/** Whether the device has written. The live log tells at once; where there is none, the device is looked at. */
function useFirstWrite(connector: string, identity: string, alias: string, onArrival: () => void): boolean {
  const [hasArrived, setArrived] = useState(false);
  const arrive = useRef(onArrival);
  useEffect(() => {
    arrive.current = onArrival;
  });
  const note = useCallback(() => {
    setArrived(true);
    arrive.current();
  }, []);

  const onEvents = useCallback(
    (events: readonly LiveEvent[]) => {
      if (events.some((event) => event.type === 'data_in' && event.identity === identity)) {
        note();
      }
    },
    [identity, note],
  );
  const { state } = useLiveEvents(connector, undefined, onEvents);

  const mustLook = !hasArrived && state !== 'live';
  const activated = useRef(0);
  useEffect(() => {
    if (!mustLook) {
      return undefined;
    }

    const look = async () => {
      // By the list: a device that is not there yet is no error in it.
      const { data } = await api.GET('/api:1/service/{connector}/device2/identity', {
        params: { path: { connector }, query: { identity, limit: 1, state: alias.replaceAll(',', String.raw`\,`) } },
      });
      const device = data?.devices[0];
      if (device !== undefined) {
        // A value of an alias that is no resource is not kept; but then the device was seen again after its activation.
        if (device.state?.[alias] !== undefined || (activated.current > 0 && device.lastseen > activated.current)) {
          note();
        }

        activated.current ||= device.lastseen;
      }
    };
    const timer = setInterval(() => void look().catch(() => undefined), Every);
    return () => clearInterval(timer);
  }, [connector, identity, alias, mustLook, note]);
  return hasArrived;
}
