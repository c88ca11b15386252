import { makeStyles, tokens } from '@fluentui/react-components';
import {
  CheckmarkCircleFilled,
  CheckmarkCircleRegular,
  CircleHintRegular,
  CircleOffRegular,
  ClockRegular,
  DeleteRegular,
  TimerOffRegular,
} from '@fluentui/react-icons';
import type { ComponentType } from 'react';
import type { Identity } from '../../api/schema';

const useStyles = makeStyles({
  word: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  good: { color: tokens.colorPaletteGreenForeground1 },
});

interface Word {
  text: string;
  Icon: ComponentType<{ className?: string }>;
  isGood?: boolean;
}

const Presences: Record<Identity['presence'], Word> = {
  never: { text: 'Never seen', Icon: CircleHintRegular },
  online: { text: 'Online', Icon: CheckmarkCircleFilled, isGood: true },
  late: { text: 'Late', Icon: ClockRegular },
  silent: { text: 'Silent', Icon: CircleOffRegular },
};

const Statuses: Record<Identity['status'], Word> = {
  whitelisted: { text: 'Whitelisted', Icon: ClockRegular },
  provisioned: { text: 'Provisioned', Icon: CheckmarkCircleRegular },
  expired: { text: 'Expired', Icon: TimerOffRegular },
  deleting: { text: 'Being deleted', Icon: DeleteRegular },
};

/** Whether a device is there, as an icon and a word. */
export const PresenceWord = ({ presence }: { presence: Identity['presence'] }) => <IconWord {...Presences[presence]} />;

/** Where a device stands, as an icon and a word. */
export const StatusWord = ({ status }: { status: Identity['status'] }) => <IconWord {...Statuses[status]} />;

function IconWord({ text, Icon, isGood = false }: Word) {
  const styles = useStyles();
  return (
    <span className={styles.word}>
      <Icon {...(isGood ? { className: styles.good } : {})} aria-hidden />
      {text}
    </span>
  );
}
