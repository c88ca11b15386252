import { Button, makeStyles, MessageBar, MessageBarBody, Text, tokens } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client';
import { sentenceOf } from '../../api/errors';
import type { DeadLetter } from '../../api/schema';
import { AppDialog } from '../../components/AppDialog';
import { CopyButton } from '../../components/CopyButton';
import { useMessages } from '../../components/Messages';
import { timeText } from '../../format/time';

const useStyles = makeStyles({
  event: {
    margin: 0,
    padding: tokens.spacingHorizontalM,
    maxHeight: '40vh',
    overflow: 'auto',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  title: { display: 'flex', alignItems: 'center', justifyContent: 'space-between' },
});

interface DeadLetterDialogProps {
  connector: string;
  letter: DeadLetter;
  mayAct: boolean;
  /** Whether there is a destination. */
  mayRetry: boolean;
  /** It is gone: sent or discarded. */
  onDone: () => Promise<unknown>;
  /** Perhaps somebody else has done it. */
  onRefused: () => Promise<unknown>;
  onClose: () => void;
}

/** One dead letter with its whole event; sends it again, or discards it. */
export function DeadLetterDialog({ connector, letter, mayAct, mayRetry, onDone, onRefused, onClose }: DeadLetterDialogProps) {
  const styles = useStyles();
  const messages = useMessages();
  const [isSure, setSure] = useState(false);
  const path = { connector, id: letter.id };
  const text = JSON.stringify(letter.event, null, 2);
  const act = useMutation({
    mutationFn: async (what: 'retry' | 'discard') => {
      await (what === 'retry'
        ? api.POST('/api:1/service/{connector}/device2/events/deadletters/{id}/retry', { params: { path } })
        : api.DELETE('/api:1/service/{connector}/device2/events/deadletters/{id}', { params: { path } }));
    },
    onSuccess: async (_, what) => {
      messages.done(what === 'retry' ? 'The event arrived' : 'The event was discarded');
      await onDone();
    },
    onError: onRefused,
  });

  return (
    <AppDialog
      title={`${letter.type} of ${letter.identity}`}
      isBusy={act.isPending}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Close</Button>
          {mayAct && (
            <Button disabledFocusable={act.isPending} onClick={() => (isSure ? act.mutate('discard') : setSure(true))}>
              Discard
            </Button>
          )}
          {mayAct && mayRetry && (
            <Button appearance="primary" disabledFocusable={act.isPending} onClick={() => act.mutate('retry')}>
              Send again
            </Button>
          )}
        </>
      }
    >
      <Text block>{timeText(letter.time)}</Text>
      <Text block>{letter.why}</Text>
      <div className={styles.title}>
        <Text weight="semibold">Event</Text>
        <CopyButton text={text} label="Copy the event" />
      </div>
      <pre className={styles.event} tabIndex={0} aria-label="Event">
        {text}
      </pre>
      <div role="alert">
        {act.error !== null && (
          <MessageBar intent="error" layout="multiline">
            <MessageBarBody>{sentenceOf(act.error)}</MessageBarBody>
          </MessageBar>
        )}
        {isSure && <Text>The receiver never gets a discarded event. Press Discard once more.</Text>}
      </div>
    </AppDialog>
  );
}
