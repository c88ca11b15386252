import { CheckmarkCircleRegular, ClockRegular, DeleteRegular, TimerOffRegular } from '@fluentui/react-icons';
import type { Identity } from '../../api/schema';
import { Word } from './PresenceWord';

const Statuses = {
  whitelisted: { text: 'Whitelisted', Icon: ClockRegular },
  provisioned: { text: 'Provisioned', Icon: CheckmarkCircleRegular },
  expired: { text: 'Expired', Icon: TimerOffRegular },
  deleting: { text: 'Being deleted', Icon: DeleteRegular },
} as const;

/** Where a device stands: a sign and a word. */
export function StatusWord({ status }: { status: Identity['status'] }) {
  const { text, Icon } = Statuses[status];
  return <Word sign={<Icon aria-hidden fontSize={16} />}>{text}</Word>;
}
