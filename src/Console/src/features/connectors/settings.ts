import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../api/client';
import type { SettingsChange } from '../../api/schema';
import { useMessages } from '../../components/Messages';
import { connectorsQuery, settingsQuery } from './connectors';

export type { Settings, SettingsChange } from '../../api/schema';

/** What of a form is not saved yet. Only what was changed is kept, so that what others change elsewhere shows, and stays. */
export interface Draft<T> {
  value: T;
  /** The fields that differ from what is saved. */
  changed: Partial<T>;
  isDirty: boolean;
  set: (change: Partial<T>) => void;
  /** Forgets what is changed now, as it is saved or given up. It may be called later: what was changed since then stays. */
  reset: () => void;
}

/** A form's fields over what is saved. */
export function useDraft<T extends object>(saved: T): Draft<T> {
  const [changes, setChanges] = useState<Partial<T>>({});
  const changed = differences(saved, changes);
  return {
    value: { ...saved, ...changes },
    changed,
    isDirty: Object.keys(changed).length > 0,
    set: (change) => setChanges((before) => ({ ...before, ...change })),
    reset: () => setChanges((latest) => differences<Partial<T>>(changes, latest)),
  };
}

/** The fields of a change that are not so already. */
export function differences<T extends object>(saved: T, changes: Partial<T>): Partial<T> {
  const names = (Object.keys(changes) as (keyof T)[]).filter((name) => JSON.stringify(changes[name]) !== JSON.stringify(saved[name]));
  return Object.fromEntries(names.map((name) => [name, changes[name]])) as Partial<T>;
}

/** Settings of the connector in the address, as they are saved. */
export function useSettings() {
  const { connector } = useParams({ from: '/inside/connectors/$connector' });
  return { connector, settings: useSuspenseQuery(settingsQuery(connector)).data };
}

/** Saves a change of settings: the sections and fields in it, and no others. It may be worked out at that moment. */
export function useSave(connector: string) {
  const cache = useQueryClient();
  const messages = useMessages();
  return useMutation({
    mutationFn: async (change: SettingsChange | (() => Promise<SettingsChange>)) => {
      const body = typeof change === 'function' ? await change() : change;
      await api.PATCH('/api:1/service/{connector}/device2', { params: { path: { connector } }, body });
      await Promise.all([
        cache.invalidateQueries({ queryKey: settingsQuery(connector).queryKey }),
        'name' in body && cache.invalidateQueries({ queryKey: connectorsQuery.queryKey }),
      ]);
    },
    onSuccess: () => messages.done('Saved'),
  });
}

/** A list after the change that somebody made to an older state of it. */
export function mergeList(saved: readonly string[], wanted: readonly string[], fresh: readonly string[]): string[] {
  const added = wanted.filter((one) => !saved.includes(one) && !fresh.includes(one));
  const removed = new Set(saved.filter((one) => !wanted.includes(one)));
  return [...fresh.filter((one) => !removed.has(one)), ...added];
}
