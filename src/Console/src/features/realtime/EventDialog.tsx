import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { Link } from '@tanstack/react-router';
import { AppDialog } from '../../components/AppDialog';
import { CopyButton } from '../../components/CopyButton';
import { useLinkStyle } from '../../components/useLinkStyle';
import { timeText } from '../../format/time';
import { asItCame } from './eventFilter';
import { typeText } from './eventText';
import type { LiveEvent } from './liveEvent';

const useStyles = makeStyles({
  facts: { display: 'grid', gridTemplateColumns: 'max-content 1fr', columnGap: tokens.spacingHorizontalM, margin: 0 },
  value: { margin: 0, overflowWrap: 'anywhere' },
  json: {
    maxHeight: '50vh',
    overflow: 'auto',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    backgroundColor: tokens.colorNeutralBackground3,
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusMedium,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
});

interface EventDialogProps {
  connector: string;
  event: LiveEvent;
  /** Shows the events of one device only; undefined where there are no others. */
  onOnly?: ((identity: string) => void) | undefined;
  onClose: () => void;
}

/** The whole of an event. */
export function EventDialog({ connector, event, onOnly, onClose }: EventDialogProps) {
  const styles = useStyles();
  const linkStyle = useLinkStyle();
  const json = JSON.stringify(asItCame(event), null, 2);
  const { identity } = event;
  const facts = [
    ['When', timeText(event.timestamp)],
    ['Device', identity],
    ['Reason', event.reason],
    ['Refusal', event.message],
  ].filter(([, value]) => value !== undefined);
  return (
    <AppDialog
      title={typeText(event.type)}
      onClose={onClose}
      actions={
        <>
          {identity !== undefined && (
            <Link
              to="/connectors/$connector/devices/$identity"
              params={{ connector, identity }}
              className={linkStyle}
              style={{ marginInlineEnd: 'auto' }}
            >
              Go to the device
            </Link>
          )}
          {identity !== undefined && onOnly !== undefined && (
            <Button
              onClick={() => {
                onOnly(identity);
                onClose();
              }}
            >
              This device only
            </Button>
          )}
          <CopyButton appearance="secondary" text={json} label="Copy the event as JSON">
            Copy
          </CopyButton>
          <Button onClick={onClose}>Close</Button>
        </>
      }
    >
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd className={styles.value}>{value}</dd>
          </div>
        ))}
      </dl>
      <pre className={styles.json} tabIndex={0} role="region" aria-label="The event as JSON">
        {json}
      </pre>
      {event.cut === true && <Text>The event was too large for the live log; this is not all of it.</Text>}
    </AppDialog>
  );
}
