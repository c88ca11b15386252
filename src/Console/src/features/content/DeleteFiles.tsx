import { ProgressBar, Text } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { sentenceOf } from '../../api/errors';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { remove } from './transfer';

/** Asks, then deletes files. Who cancels stops with those that are under way. */
export function DeleteFiles({
  connector,
  ids,
  onDone,
  onClose,
}: {
  connector: string;
  ids: readonly string[];
  onDone: () => void;
  onClose: () => void;
}) {
  const cache = useQueryClient();
  const [done, setDone] = useState<number>();
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  const [only] = ids;

  const confirm = async () => {
    stop.current = new AbortController();
    setDone(0);
    const failed = await remove(connector, ids, setDone, stop.current.signal);
    await cache.invalidateQueries({ queryKey: ['get', '/api:1/service/{connector}/content/item'] });
    const [first] = failed;
    if (first !== undefined) {
      setDone(undefined);
      throw new Error(`${failed.length} of ${ids.length} could not be deleted. ${first.id}: ${sentenceOf(first.error)}`);
    }

    onDone();
  };

  return (
    <ConfirmDialog
      title={ids.length === 1 ? 'Delete this file?' : `Delete ${ids.length} files?`}
      action="Delete"
      {...(ids.length === 1 ? {} : { typed: `delete ${ids.length} files` })}
      onConfirm={confirm}
      onCancel={() => stop.current?.abort()}
      onClose={onClose}
    >
      <Text block style={{ overflowWrap: 'anywhere' }}>
        {ids.length === 1 ? `${only ?? ''} is` : 'They are'} gone for devices and operators, and cannot be brought back.
      </Text>
      {done !== undefined && <ProgressBar value={done / ids.length} aria-label={`${done} of ${ids.length} deleted`} />}
    </ConfirmDialog>
  );
}
