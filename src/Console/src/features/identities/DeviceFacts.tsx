import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { Identity } from '../../api/schema';
import { Age } from '../../components/Age';
import { timeText } from '../../format/time';
import { useNow } from '../../format/useNow';
import { credentialText, windowText } from './deviceText';
import { PresenceWord } from './PresenceWord';
import { StatusWord } from './StatusWord';

const useStyles = makeStyles({
  facts: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(150px, 1fr))',
    gap: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    margin: 0,
    padding: tokens.spacingHorizontalL,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    '@media (max-width: 480px)': {
      gridTemplateColumns: 'repeat(auto-fill, minmax(120px, 1fr))',
      padding: tokens.spacingHorizontalM,
    },
  },
  name: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  value: { margin: 0, overflowWrap: 'anywhere' },
});

/** What is known of a device, at a glance. */
export function DeviceFacts({ device }: { device: Identity }) {
  const styles = useStyles();
  const now = useNow();
  return (
    <dl className={styles.facts} aria-label="Facts">
      <Fact name="Status">
        <StatusWord status={device.status} />
      </Fact>
      <Fact name="Presence">
        <PresenceWord presence={device.presence} />
      </Fact>
      <Fact name="Last seen">
        <Age micros={device.lastseen} />
        {device.lastseen !== 0 && <div className={styles.name}>{timeText(device.lastseen)}</div>}
      </Fact>
      <Fact name="Last IP">{device.lastip || 'none'}</Fact>
      <Fact name="Protocol">{device.lastprotocol || 'none'}</Fact>
      <Fact name="Credential">{credentialText(device)}</Fact>
      <Fact name="Locked">{device.locked ? 'Yes, it is kept out' : 'No'}</Fact>
      <Fact name="Developer mode">{device.devmode ? 'Yes, it activated over plain http' : 'No'}</Fact>
      <Fact name="Activation window">{windowText(device, now)}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  const styles = useStyles();
  return (
    <div>
      <dt className={styles.name}>{name}</dt>
      <dd className={styles.value}>{children}</dd>
    </div>
  );
}
