import { ProgressBar, Text } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { ResultsDialog, type Result } from '../../components/ResultsDialog';
import { countText, pluralText } from '../../format/count';
import { remove } from './transfer';

interface DeleteFilesProps {
  connector: string;
  ids: readonly string[];
  /** All are gone. */
  onDone: () => void;
  onClose: () => void;
}

const isDeleted = ({ result }: Result): boolean => result === 'deleted';

/** Asks, then deletes files. Who cancels stops with those that are under way. Unless all of several are gone, it says what became of each. */
export function DeleteFiles({ connector, ids, onDone, onClose }: DeleteFilesProps) {
  const cache = useQueryClient();
  const [done, setDone] = useState<number>();
  const [results, setResults] = useState<readonly Result[]>();
  const left = useRef<readonly Result[]>(undefined);
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  const [only] = ids;

  const confirm = async () => {
    stop.current = new AbortController();
    setDone(0);
    const all = await remove(connector, ids, setDone, stop.current.signal);
    await cache.invalidateQueries({ queryKey: ['get', '/api:1/service/{connector}/content/item'] });
    if (all.every(isDeleted)) {
      onDone();
    } else if (ids.length > 1) {
      left.current = all;
    } else {
      setDone(undefined);
      throw new Error(all[0]?.problem);
    }
  };

  // The question is over either way. What became of the files comes in its place.
  const close = () => (left.current === undefined ? onClose() : setResults(left.current));

  if (results !== undefined) {
    return (
      <ResultsDialog title="Deleted files" file="deleted-files.csv" results={results} onClose={onClose}>
        {countText(results.filter(isDeleted).length)} of {pluralText(results.length, 'file')} deleted.
      </ResultsDialog>
    );
  }

  return (
    <ConfirmDialog
      title={ids.length === 1 ? 'Delete this file?' : `Delete ${ids.length} files?`}
      action="Delete"
      {...(ids.length === 1 ? {} : { typed: `delete ${ids.length} files` })}
      onConfirm={confirm}
      onCancel={() => stop.current?.abort()}
      onClose={close}
    >
      <Text block style={{ overflowWrap: 'anywhere' }}>
        {ids.length === 1 ? `${only ?? ''} is` : 'They are'} gone for devices and operators, and cannot be brought back.
      </Text>
      {done !== undefined && <ProgressBar value={done / ids.length} aria-label={`${done} of ${ids.length} deleted`} />}
    </ConfirmDialog>
  );
}
