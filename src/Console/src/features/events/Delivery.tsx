import { Button, makeStyles, MessageBar, MessageBarBody, Subtitle1, Text, tokens } from '@fluentui/react-components';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client';
import { sentenceOf } from '../../api/errors';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { SecretDialog } from '../../components/SecretDialog';
import { countText, pluralText } from '../../format/count';
import { timeText } from '../../format/time';
import { useMay } from '../access/operator';
import { eventsQuery } from './events';

const useStyles = makeStyles({
  section: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    maxWidth: '680px',
    marginTop: tokens.spacingVerticalXL,
  },
  title: { margin: 0 },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** How the delivery stands, a test of it, and the secret that signs. */
export function Delivery({ connector }: { connector: string }) {
  const styles = useStyles();
  const isAdmin = useMay('admin');
  const isOperator = useMay('operator');
  const { data: state } = useQuery(eventsQuery(connector));
  const [isAsking, setAsking] = useState(false);
  const [secret, setSecret] = useState<string>();
  const path = { connector };
  const test = useMutation({
    mutationFn: async () => (await api.POST('/api:1/service/{connector}/device2/events/test', { params: { path } })).data,
  });
  const makeSecret = async () =>
    setSecret((await api.POST('/api:1/service/{connector}/device2/events/secret', { params: { path } })).data?.secret);

  if (state?.destination === undefined) {
    return null;
  }

  return (
    <section className={styles.section} aria-label="Delivery">
      <Subtitle1 as="h2" className={styles.title}>
        Delivery
      </Subtitle1>
      <div role="status">
        <BreakerText {...state.breaker} isOn={state.on} />
      </div>
      <div className={styles.buttons}>
        {isOperator && (
          <Button onClick={() => test.mutate()} disabledFocusable={test.isPending}>
            Send a test event
          </Button>
        )}
        {isAdmin && state.destination.type === 'webhook' && <Button onClick={() => setAsking(true)}>Make a new secret…</Button>}
      </div>
      <div role="status">
        {test.isSuccess && (
          <MessageBar intent={test.data?.delivered === true ? 'success' : 'error'} layout="multiline">
            <MessageBarBody>
              {test.data?.delivered === true ? 'The test event arrived.' : `The test event did not arrive. ${test.data?.why ?? ''}`}
            </MessageBarBody>
          </MessageBar>
        )}
        {test.isError && (
          <MessageBar intent="error" layout="multiline">
            <MessageBarBody>{sentenceOf(test.error)}</MessageBarBody>
          </MessageBar>
        )}
      </div>
      {isAsking && (
        <ConfirmDialog title="Make a new secret?" action="Make secret" onConfirm={makeSecret} onClose={() => setAsking(false)}>
          The receiver knows by this secret that an event is genuine. One that was made before stops signing at once, so the receiver needs
          the new one.
        </ConfirmDialog>
      )}
      {secret !== undefined && <SecretDialog title="Secret of the webhook" secret={secret} onClose={() => setSecret(undefined)} />}
    </section>
  );
}

interface BreakerTextProps {
  isOn: boolean;
  open: boolean;
  failures: number;
  until: number;
}

function BreakerText({ isOn, open, failures, until }: BreakerTextProps) {
  if (!isOn) {
    return <Text>No type is chosen, so nothing is delivered.</Text>;
  } else if (open) {
    return (
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>
          The destination failed {pluralText(failures, 'time')} in a row and is left alone{until > 0 ? ` until ${timeText(until)}` : ''}.
          Events wait, and are sent again.
        </MessageBarBody>
      </MessageBar>
    );
  }

  const last = failures === 1 ? 'attempt' : `${countText(failures)} attempts`;
  return <Text>{failures > 0 ? `The last ${last} failed. Events wait, and are sent again.` : 'Events are delivered.'}</Text>;
}
