import { Button, Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { sentenceOf } from '../../api/errors';
import { AppDialog } from '../../components/AppDialog';
import { FileButton } from '../../components/FileButton';
import { SaveResults } from '../../components/SaveResults';
import { tagsOf, whyNot } from './files';
import { upload } from './transfer';
import { resultsCsv, rowsOf, type UploadRow } from './uploads';
import { UploadRowFields } from './UploadRowFields';

const useStyles = makeStyles({
  drop: {
    border: `1px dashed ${tokens.colorNeutralStrokeAccessible}`,
    borderRadius: tokens.borderRadiusMedium,
    padding: tokens.spacingHorizontalM,
  },
  rows: { listStyleType: 'none', padding: 0, margin: 0 },
});

/** Uploads files, one after the other: chosen or dropped, with what they are called there, and with a result for each. */
export function UploadDialog({ connector, first, onClose }: { connector: string; first: readonly File[]; onClose: () => void }) {
  const styles = useStyles();
  const cache = useQueryClient();
  const [rows, setRows] = useState<readonly UploadRow[]>(() => rowsOf(first));
  const [tagText, setTagText] = useState('');
  const [isRunning, setRunning] = useState(false);
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);

  const tags = tagsOf(tagText);
  const waiting = rows.filter(({ state }) => state !== 'done');
  const isReady = !isRunning && tags !== undefined && waiting.length > 0 && waiting.every(({ id, file }) => whyNot(id, file.size) === '');
  const hasResults = rows.some(({ state }) => state !== 'waiting');
  const add = (files: Iterable<File>) => {
    const added = rowsOf(files);
    setRows((all) => [...all, ...added]);
  };
  const change = (key: number, part: Partial<UploadRow>) =>
    setRows((all) => all.map((row) => (row.key === key ? { ...row, ...part } : row)));

  const run = async () => {
    const control = new AbortController();
    stop.current = control;
    const isStopped = () => control.signal.aborted;
    setRunning(true);
    for (const { key, id, type, file } of waiting) {
      if (isStopped()) {
        change(key, { state: 'cancelled', part: 0 });
        continue;
      }

      change(key, { state: 'running', part: 0, problem: '' });
      try {
        await upload(connector, { id, type, tags: tags ?? {}, file }, (part) => change(key, { part }), control.signal);
        change(key, { state: 'done', part: 1 });
      } catch (error) {
        change(key, isStopped() ? { state: 'cancelled', part: 0 } : { state: 'failed', part: 0, problem: sentenceOf(error) });
      }
    }

    setRunning(false);
    await cache.invalidateQueries({ queryKey: ['get', '/api:1/service/{connector}/content/item'] });
  };

  const done = rows.filter(({ state }) => state === 'done').length;
  return (
    <AppDialog
      title="Upload files"
      isBusy={isRunning}
      onClose={onClose}
      actions={
        <>
          {hasResults && !isRunning && <SaveResults file="uploads.csv" table={() => resultsCsv(rows)} />}
          <Button onClick={() => (isRunning ? stop.current?.abort() : onClose())}>{isRunning ? 'Cancel' : 'Close'}</Button>
          <Button appearance="primary" disabledFocusable={!isReady} onClick={run}>
            {hasResults && !isRunning && waiting.length > 0 ? 'Try again' : 'Upload'}
          </Button>
        </>
      }
    >
      <div
        className={styles.drop}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          event.stopPropagation();
          if (!isRunning) {
            add(event.dataTransfer.files);
          }
        }}
      >
        <FileButton label="Files" isMultiple isDisabled={isRunning} onFiles={add}>
          Choose files
        </FileButton>{' '}
        <Text>or drop them here. Each must be smaller than 64 MB.</Text>
      </div>
      <Field
        label="Tags of these files"
        hint="Pairs name=value, separated by commas; devices see the tag description. Tags cannot be changed afterwards."
        validationMessage={tags === undefined ? 'Write them as name=value, separated by commas.' : null}
      >
        <Input value={tagText} disabled={isRunning} onChange={(_, { value }) => setTagText(value)} />
      </Field>
      <ul className={styles.rows}>
        {rows.map((row) => (
          <UploadRowFields
            key={row.key}
            connector={connector}
            row={row}
            isLocked={isRunning || row.state === 'done'}
            onChange={(part) => change(row.key, part)}
            onRemove={() => setRows((all) => all.filter(({ key }) => key !== row.key))}
          />
        ))}
      </ul>
      <div role="status">{hasResults && !isRunning && `${done} of ${rows.length} uploaded.`}</div>
    </AppDialog>
  );
}
