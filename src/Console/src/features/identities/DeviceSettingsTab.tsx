import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Identity } from '../../api/schema';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { useMessages } from '../../components/Messages';
import { Waiting } from '../../components/Waiting';
import { useMay } from '../access/operator';
import { CredentialForm } from './CredentialForm';
import { deviceQuery, useDeviceChange } from './device';
import { LockButton } from './DeviceActions';
import { useDeviceContext } from './deviceContext';
import { credentialText, windowText } from './deviceText';
import { WindowForm } from './WindowForm';

const useStyles = makeStyles({
  section: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalS,
    maxWidth: '720px',
    padding: tokens.spacingHorizontalL,
    marginBottom: tokens.spacingVerticalM,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  title: { fontSize: tokens.fontSizeBase400, margin: 0 },
});

interface PartProps {
  connector: string;
  device: Identity;
}

/** Lock, credential and activation window of a device. */
export function DeviceSettingsTab() {
  const { connector, identity } = useDeviceContext();
  const { data: device } = useQuery(deviceQuery(connector, identity));
  const mayChange = useMay('operator');
  if (device === undefined) {
    return <Waiting />;
  }

  return (
    <>
      <Section title="Lock">
        <Text>
          {device.locked ? 'The device is locked: each of its requests is refused.' : 'The device is not locked.'} A lock leaves its
          credential, values and tags as they are.
        </Text>
        {mayChange && <LockButton connector={connector} device={device} />}
      </Section>
      <Section title="Credential">
        <Text>{credentialText(device)}. Credentials are stored as hashes only, so none can be shown.</Text>
        {mayChange && (
          <>
            <Renewal connector={connector} device={device} />
            <CredentialForm connector={connector} device={device} />
          </>
        )}
      </Section>
      <Section title="Activation window">
        <Window connector={connector} device={device} mayChange={mayChange} />
      </Section>
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  const styles = useStyles();
  return (
    <section className={styles.section} aria-label={title}>
      <h2 className={styles.title}>{title}</h2>
      {children}
    </section>
  );
}

/** Ends the credential at once, or lets the device fetch another one. */
function Renewal({ connector, device: { identity, status, reprovision } }: PartProps) {
  const change = useDeviceChange(connector, identity);
  const messages = useMessages();
  const [isRevoking, setRevoking] = useState(false);
  if (status !== 'provisioned') {
    return null;
  }

  const allow = () =>
    change.mutate(
      {
        change: { reprovision: !reprovision },
        done: reprovision ? `${identity} may not activate again.` : `${identity} may activate once more.`,
      },
      { onError: (error) => messages.failed('It was not changed', error) },
    );
  return (
    <>
      <Text>
        {reprovision
          ? 'The device may activate once more. Until it does, what it has stays valid.'
          : 'A device that has lost its credential can be let activate once more; until then what it has stays valid.'}
      </Text>
      <Button onClick={allow} disabledFocusable={change.isPending}>
        {reprovision ? 'Do not let it activate again' : 'Let it activate once more'}
      </Button>
      <Button onClick={() => setRevoking(true)}>Revoke the credential</Button>
      {isRevoking && (
        <ConfirmDialog
          title={`Revoke the credential of ${identity}?`}
          action="Revoke"
          onConfirm={() => change.mutateAsync({ change: { auth: { expire: 0 } }, done: `The credential of ${identity} is revoked.` })}
          onClose={() => setRevoking(false)}
        >
          <Text>The device is refused from now on, until it activates again. It may do so at once.</Text>
        </ConfirmDialog>
      )}
    </>
  );
}

function Window({ connector, device, mayChange }: PartProps & { mayChange: boolean }) {
  const [now] = useState(Date.now);
  return (
    <>
      <Text>
        {windowText(device, now)}.{' '}
        {device.status === 'provisioned'
          ? 'The window counts for a device that has no credential.'
          : 'Within the window, the device may activate.'}
      </Text>
      {mayChange && device.status !== 'provisioned' && <WindowForm key={device.auth.expire} connector={connector} device={device} />}
    </>
  );
}
