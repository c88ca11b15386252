import {
  Button,
  Link,
  makeStyles,
  Popover,
  PopoverSurface,
  PopoverTrigger,
  Subtitle2,
  Text,
  tokens,
  Tooltip,
} from '@fluentui/react-components';
import { DismissRegular, PlayCircleRegular } from '@fluentui/react-icons';
import { createLink } from '@tanstack/react-router';
import { useState, useSyncExternalStore } from 'react';
import { pluralText } from '../../../format/count';
import { onSimulated, simulatedDevices, stopAllSimulated, stopSimulated, type SimulatedDevice } from './simulated';

const RouterLink = createLink(Link);

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    maxHeight: '50vh',
    overflowY: 'auto',
    width: '320px',
    maxWidth: '80vw',
  },
  item: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, paddingBlock: tokens.spacingVerticalXS },
  device: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
  problem: { color: tokens.colorPaletteRedForeground1 },
});

/** The devices that this tab simulates: how they go, and a way to stop them. */
export function SimulatedPanel() {
  const styles = useStyles();
  const devices = useSyncExternalStore(onSimulated, simulatedDevices);
  const [isOpen, setOpen] = useState(false);
  const isTroubled = devices.some(({ problem }) => problem !== '');
  return (
    <Popover open={isOpen} onOpenChange={(_, { open }) => setOpen(open)} trapFocus>
      <PopoverTrigger disableButtonEnhancement>
        <Button appearance="subtle" icon={<PlayCircleRegular />}>
          {devices.length} simulated{isTroubled ? ', refused' : ''}
        </Button>
      </PopoverTrigger>
      <PopoverSurface aria-label="Simulated devices">
        <Subtitle2 as="h2">Simulated devices</Subtitle2>
        <Text block>They write every 2 seconds while this tab is open.</Text>
        <ul className={styles.list}>
          {devices.map((device) => (
            <Item key={`${device.connector}/${device.identity}`} device={device} onFollow={() => setOpen(false)} />
          ))}
        </ul>
        {devices.length > 1 && <Button onClick={stopAllSimulated}>Stop all</Button>}
      </PopoverSurface>
    </Popover>
  );
}

function Item({ device: { connector, identity, writes, problem }, onFollow }: { device: SimulatedDevice; onFollow: () => void }) {
  const styles = useStyles();
  return (
    <li className={styles.item}>
      <span className={styles.device}>
        <RouterLink to="/connectors/$connector/devices/$identity" params={{ connector, identity }} onClick={onFollow}>
          {identity}
        </RouterLink>
        <Text block size={200} {...(problem === '' ? {} : { className: styles.problem })}>
          {problem === '' ? pluralText(writes, 'write') : problem}
        </Text>
      </span>
      <Tooltip content={`Stop ${identity}`} relationship="label">
        <Button appearance="subtle" icon={<DismissRegular />} onClick={() => stopSimulated(connector, identity)} />
      </Tooltip>
    </li>
  );
}
