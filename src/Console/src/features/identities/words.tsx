import { makeStyles, tokens } from '@fluentui/react-components';
import {
  CheckmarkCircleFilled,
  CheckmarkCircleRegular,
  CircleRegular,
  ClockRegular,
  DeleteRegular,
  PlugDisconnectedRegular,
  TimerOffRegular,
} from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import type { Identity } from '../../api/schema';

const useStyles = makeStyles({
  word: {
    display: 'inline-flex',
    verticalAlign: 'middle',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    minWidth: 0,
    maxWidth: '100%',
  },
  good: { color: tokens.colorStatusSuccessForeground1 },
  late: { color: tokens.colorStatusWarningForeground1 },
  quiet: { color: tokens.colorNeutralForeground3 },
});

const Presences = {
  online: { text: 'Online', Icon: CheckmarkCircleFilled, look: 'good', title: 'It called a short while ago, or waits for commands' },
  late: { text: 'Late', Icon: ClockRegular, look: 'late', title: 'It called not long ago' },
  silent: { text: 'Silent', Icon: PlugDisconnectedRegular, look: 'quiet', title: 'It has not called for long' },
  never: { text: 'Never seen', Icon: CircleRegular, look: 'quiet', title: 'It has not called yet' },
} as const;

/** How a device can stand: in words, with a sign, and with the colour of a badge. */
export const Statuses = {
  whitelisted: { text: 'Whitelisted', Icon: ClockRegular, color: 'informative' },
  provisioned: { text: 'Provisioned', Icon: CheckmarkCircleRegular, color: 'success' },
  expired: { text: 'Expired', Icon: TimerOffRegular, color: 'warning' },
  deleting: { text: 'Being deleted', Icon: DeleteRegular, color: 'danger' },
} as const;

interface PresenceWordProps {
  presence: Identity['presence'];
  /** Whether it is the word of the API, which is shorter. */
  isShort?: boolean;
}

/** Whether a device is there: a sign and a word. */
export function PresenceWord({ presence, isShort = false }: PresenceWordProps) {
  const styles = useStyles();
  const { text, Icon, look, title } = Presences[presence];
  return (
    <Word title={title} sign={<Icon className={styles[look]} aria-hidden fontSize={16} />}>
      {isShort ? presence : text}
    </Word>
  );
}

/** Where a device stands: a sign and a word. */
export function StatusWord({ status }: { status: Identity['status'] }) {
  const { text, Icon } = Statuses[status];
  return <Word sign={<Icon aria-hidden fontSize={16} />}>{text}</Word>;
}

function Word({ title, sign, children }: { title?: string; sign: ReactNode; children: string }) {
  const styles = useStyles();
  return (
    <span className={styles.word} title={title}>
      {sign}
      {children}
    </span>
  );
}
