import { makeStyles, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled, CircleRegular, ClockRegular, PlugDisconnectedRegular } from '@fluentui/react-icons';
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

/** A word with its sign in front. */
export function Word({ title, sign, children }: { title?: string; sign: ReactNode; children: string }) {
  const styles = useStyles();
  return (
    <span className={styles.word} title={title}>
      {sign}
      {children}
    </span>
  );
}
