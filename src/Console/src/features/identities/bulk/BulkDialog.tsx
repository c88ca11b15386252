import { Button, Field, Input, MessageBar, MessageBarBody, Text } from '@fluentui/react-components';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { sentenceOf } from '../../../api/errors';
import type { JobRequest, Settings } from '../../../api/schema';
import { AppDialog, DialogFrame } from '../../../components/AppDialog';
import { Waiting } from '../../../components/Waiting';
import { countText } from '../../../format/count';
import { Cancelled, JobRows } from '../../jobs/jobs';
import { devicesText } from '../../jobs/jobText';
import { SeveralJobs } from '../../jobs/SeveralJobs';
import { useJobStart } from '../../jobs/useJobStart';
import { countOf, startsOf, type Target, type Work } from './target';
import { StateFields } from './StateFields';
import { TagFields } from './TagFields';

export type BulkKind = 'lock' | 'unlock' | 'delete' | 'tag' | 'state' | 'revoke' | 'export';

const Texts: Record<BulkKind, { title: string; action: string; what: string }> = {
  lock: { title: 'Lock', action: 'Lock', what: 'They are kept out at once, and keep their credentials.' },
  unlock: { title: 'Unlock', action: 'Unlock', what: 'They are let in again.' },
  delete: { title: 'Delete', action: 'Delete', what: 'The devices, their values, tags and files are gone for good.' },
  tag: { title: 'Change tags of', action: 'Change tags', what: '' },
  state: { title: 'Set a value of', action: 'Set', what: 'Devices get it as soon as they listen.' },
  revoke: {
    title: 'Revoke the credentials of',
    action: 'Revoke',
    what: 'Their tokens, passwords and certificates end at once. Each may activate again at any time. Devices without a credential stay as they are. It shows among the jobs as an import.',
  },
  export: { title: 'Export', action: 'Export', what: 'Identities, locks, auth types and tags as a CSV file that can be imported again.' },
};

interface BulkDialogProps {
  connector: string;
  settings: Settings;
  kind: BulkKind;
  target: Target;
  onClose: () => void;
  /** Something was done. */
  onDone: () => void;
}

/** Asks before something is done with many devices, and does it as a job. */
export function BulkDialog({ connector, settings, kind, target, onClose, onDone }: BulkDialogProps) {
  const cache = useQueryClient();
  const start = useJobStart(connector);
  const [typed, setTyped] = useState('');
  const [work, setWork] = useState<Work | undefined>(kind === 'tag' || kind === 'state' ? undefined : { kind });
  const [isBusy, setBusy] = useState(false);
  const [found, setFound] = useState(0);
  const [problem, setProblem] = useState('');
  const [starts, setStarts] = useState<readonly JobRequest[]>();
  const stop = useRef(new AbortController());
  // React's check runs effects twice; what ended with the first needs a successor.
  useEffect(() => {
    const own = new AbortController();
    stop.current = own;
    return () => own.abort();
  }, []);

  const count = useQuery({
    queryKey: ['devices that are meant', connector, target],
    queryFn: () => countOf(cache, connector, target),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const total = count.data?.total;
  const text = Texts[kind];
  const isReady = total !== undefined && total > 0 && work !== undefined && (kind !== 'delete' || typed === String(total));

  const submit = async () => {
    if (!isReady || count.data === undefined) {
      return;
    }

    const { signal } = stop.current;
    setBusy(true);
    setProblem('');
    try {
      const parts = await startsOf(connector, target, count.data.isOneJob, work, setFound, signal);
      const [only] = parts;
      if (parts.length > 1) {
        setStarts(parts);
      } else if (only === undefined) {
        setProblem('None of them has a credential.');
        setBusy(false);
      } else {
        await start(only, { total: count.data.total, onSeen: onDone, signal });
      }
    } catch (error) {
      if (!signal.aborted) {
        setProblem(sentenceOf(error));
        setBusy(false);
      }
    }
  };

  const cancel = () => {
    stop.current.abort(Cancelled);
    onClose();
  };

  if (starts !== undefined) {
    return (
      <DialogFrame isAlert isKept onClose={onDone}>
        <SeveralJobs
          connector={connector}
          title={`${text.title} ${devicesText(total ?? 0)}`}
          starts={starts}
          total={total ?? 0}
          onClose={onDone}
        />
      </DialogFrame>
    );
  }

  return (
    <AppDialog
      title={`${text.title} ${total === undefined ? 'devices' : devicesText(total)}`}
      isBusy={isBusy}
      onSubmit={submit}
      onClose={onClose}
      actions={
        <>
          <Button onClick={cancel}>Cancel</Button>
          <Button type="submit" appearance="primary" disabledFocusable={!isReady || isBusy}>
            {text.action}
          </Button>
        </>
      }
    >
      {count.isPending && <Waiting isSmall label="Counting the devices" />}
      {'filter' in target && total !== undefined && (
        <Text block>
          {target.filter === '' ? 'All devices of the connector.' : 'All devices that pass the filter: '}
          {target.filter !== '' && <code>{target.filter}</code>}
        </Text>
      )}
      {text.what !== '' && <Text block>{text.what}</Text>}
      {total !== undefined && count.data?.isOneJob === false && (
        <Text block>
          A job has up to 10,000 devices: these are {countText(Math.ceil(total / JobRows))} jobs or more, one after another.
        </Text>
      )}
      {kind === 'tag' && <TagFields onChange={setWork} />}
      {kind === 'state' && <StateFields resources={settings.resources} onChange={setWork} />}
      {kind === 'delete' && total !== undefined && (
        <Field label={`Type ${total} to go on`}>
          <Input value={typed} onChange={(_, { value }) => setTyped(value)} autoComplete="off" inputMode="numeric" />
        </Field>
      )}
      {(problem !== '' || count.error) && (
        <MessageBar intent="error">
          <MessageBarBody>{problem || sentenceOf(count.error)}</MessageBarBody>
        </MessageBar>
      )}
      {isBusy && <Waiting isSmall label={found > 0 ? `${countText(found)} found` : 'Starting'} />}
    </AppDialog>
  );
}
