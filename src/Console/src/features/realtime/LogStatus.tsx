import { makeStyles, MessageBar, MessageBarBody, Text, tokens } from '@fluentui/react-components';
import { countText } from '../../format/count';
import type { FeedStatus } from './liveFeed';
import { MostEvents, type LogState } from './logView';

const useStyles = makeStyles({
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: tokens.spacingHorizontalM,
    alignItems: 'baseline',
    color: tokens.colorNeutralForeground2,
  },
  state: { fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground1 },
});

interface LogStatusProps {
  status: FeedStatus;
  state: LogState;
  /** How many rows there are. */
  shown: number;
  /** How many events were lost on the way to this page. */
  missed: number;
}

/** How the log stands: whether it goes on, how fast, and what is missing. */
export function LogStatus({ status, state, shown, missed }: LogStatusProps) {
  const styles = useStyles();
  const lost = lostText(state, missed);
  return (
    <>
      <div className={styles.line}>
        {/* Only this is read out when it changes; the numbers change all the time. */}
        <span role="status" className={styles.state}>
          {state.isPaused ? 'Paused' : status.state === 'live' ? 'Live' : status.state === 'connecting' ? 'Connecting' : 'Connecting again'}
        </span>
        {state.isPaused && <span>{`Paused: ${countText(state.fresh)} new`}</span>}
        <span>{`${countText(state.rate)} events/s`}</span>
        <span>{`${countText(shown)} shown of ${countText(state.total)}`}</span>
        <Text size={200}>The newest {countText(MostEvents)} are kept here, and nothing is stored.</Text>
      </div>
      {status.problem !== '' && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{status.problem}</MessageBarBody>
        </MessageBar>
      )}
      {lost !== '' && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{lost}</MessageBarBody>
        </MessageBar>
      )}
    </>
  );
}

function lostText({ dropped, isUnsure }: LogState, missed: number): string {
  const parts = [
    dropped > 0 ? `${countText(dropped)} before they could be sent` : '',
    missed > 0 ? `${countText(missed)} on the way to this page` : '',
  ].filter((part) => part !== '');
  const sentence = parts.length === 0 ? '' : `Events are missing here: ${parts.join(', ')}.`;
  return isUnsure ? `${sentence} Some more may be missing.`.trim() : sentence;
}
