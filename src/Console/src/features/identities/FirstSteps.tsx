import { Button, makeStyles, MessageBar, MessageBarBody, MessageBarTitle, Text, tokens } from '@fluentui/react-components';
import { useCallback, useEffect, useRef, useState } from 'react';
import { api } from '../../api/client';
import type { Settings } from '../../api/schema';
import { CommandLine } from '../../components/CommandLine';
import { EmptyState } from '../../components/EmptyState';
import { Waiting } from '../../components/Waiting';
import { useMay } from '../access/operator';
import { deviceBase } from '../connectors/endpoint';
import { useLiveEvents, type LiveEvent } from '../realtime/liveFeed';
import { randomPassword } from './credential';
import { commandNotes, firstAlias, firstWriteCommand, whyNoCommand } from './firstWrite';
import { ListPath } from './lists';
import { SimulateButton } from './simulate/SimulateButton';

const useStyles = makeStyles({
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  line: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
  heading: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
});

/** How often the device is looked at where there is no live log. */
const Every = 2_000;

/** The same where there is one, which may have missed what came before it. */
const EveryLive = 10_000;

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
  const arrival = useFirstWrite(connector, sample, settings.resources, onArrival);
  const hasArrived = arrival !== 'none';
  const [password] = useState(randomPassword);
  const base = deviceBase(settings.fqdn);
  const obstacle = whyNoCommand(base, settings);

  const status = (
    <div role="status">
      {hasArrived ? (
        <MessageBar intent="success">
          <MessageBarBody>
            <MessageBarTitle>{arrival === 'write' ? 'The first write has arrived.' : 'The device has called.'}</MessageBarTitle>
            {sample} is here.
          </MessageBarBody>
        </MessageBar>
      ) : (
        <Waiting isSmall label="Waiting for its first write" />
      )}
    </div>
  );

  if (!isEmpty) {
    return <div style={{ marginBottom: '8px' }}>{status}</div>;
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
          <CommandLine command={firstWriteCommand(base, connector, settings, { identity: sample, password })} isDone={hasArrived} />
          {commandNotes(connector, settings).map((note) => (
            <Text key={note}>{note}</Text>
          ))}
          {status}
        </>
      )}
    </EmptyState>
  );
}

/** What is known of the device: that it has written; or that it has called, be it to write or only to activate. */
type Arrival = 'none' | 'call' | 'write';

/** Whether the device has written. The live log tells at once; what it does not tell, a look at the device does. */
function useFirstWrite(connector: string, identity: string, resources: Settings['resources'], onArrival: () => void): Arrival {
  const [arrival, setArrival] = useState<Arrival>('none');
  const arrive = useRef(onArrival);
  useEffect(() => {
    arrive.current = onArrival;
  });
  const note = useCallback((now: Arrival) => {
    setArrival((before) => (before === 'write' ? before : now));
    arrive.current();
  }, []);

  const onEvents = useCallback(
    (events: readonly LiveEvent[]) => {
      if (events.some((event) => event.type === 'data_in' && event.identity === identity)) {
        note('write');
      }
    },
    [identity, note],
  );
  const { state } = useLiveEvents(connector, undefined, onEvents);

  const alias = firstAlias(resources);
  const isKept = Object.hasOwn(resources, alias);
  const hasArrived = arrival !== 'none';
  const every = state === 'live' ? EveryLive : Every;
  const activated = useRef(0);
  useEffect(() => {
    if (hasArrived) {
      return undefined;
    }

    const look = async () => {
      // By the list: a device that is not there yet is no error in it.
      const { data } = await api.GET(ListPath, {
        params: { path: { connector }, query: { identity, limit: 1, state: alias.replaceAll(',', String.raw`\,`) } },
      });
      const device = data?.devices[0];
      if (device === undefined) {
        return;
      }

      // A value of an alias that is no resource is not kept. Then a later call tells; and a look after the activation may come after the write
      // already, as a command line takes less time than passes between two looks.
      if (device.state?.[alias] !== undefined || (activated.current > 0 && device.lastseen > activated.current)) {
        note('write');
      } else if (activated.current > 0 && !isKept) {
        note('call');
      }

      activated.current ||= device.lastseen;
    };
    const timer = setInterval(() => void look().catch(() => undefined), every);
    return () => clearInterval(timer);
  }, [connector, identity, alias, isKept, hasArrived, every, note]);
  return arrival;
}
