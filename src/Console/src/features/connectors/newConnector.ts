import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client';
import { sentenceOf } from '../../api/errors';
import { readConfig } from '../access/config';
import { connectorsQuery } from './connectors';

/** Most characters of a connector's first name. */
export const MaxNameLength = 63;
const Name = /^[A-Za-z][A-Za-z0-9]{1,62}$/;

/** A connector that is to be made. */
export interface NewConnector {
  name: string;
  setName: (name: string) => void;
  /** What is wrong with the name, or why the last try failed; empty when nothing is. */
  problem: string;
  isBusy: boolean;
  /** Whether it can be made as it stands. */
  isReady: boolean;
  /** Makes it, and goes to it. */
  make: () => void;
}

/** What makes a connector. Only an operator who is admin of all connectors may. */
export function useNewConnector(onMade: (connector: string) => Promise<unknown>): NewConnector {
  const cache = useQueryClient();
  const [name, setName] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      const { business } = await readConfig();
      const { data } = await api.POST('/api:1/business/{business}/solution', {
        params: { path: { business } },
        body: { label: name, type: 'product' },
      });
      await cache.invalidateQueries({ queryKey: connectorsQuery.queryKey });
      await onMade(data?.id ?? '');
    },
  });
  const isName = Name.test(name);
  const isReady = isName && !isPending;
  return {
    name,
    setName,
    problem:
      name !== '' && !isName ? 'Use letters and digits only, at least two, a letter first.' : error === null ? '' : sentenceOf(error),
    isBusy: isPending,
    isReady,
    make: () => isReady && mutate(),
  };
}
