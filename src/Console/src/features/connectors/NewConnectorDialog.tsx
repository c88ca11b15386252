import { Button, Field, Input } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client';
import { sentenceOf } from '../../api/errors';
import { AppDialog } from '../../components/AppDialog';
import { readConfig } from '../access/config';
import { connectorsQuery } from './connectors';

const Label = /^[A-Za-z][A-Za-z0-9]{1,62}$/;

/** Makes a connector. Only a key for all connectors may. */
export function NewConnectorDialog({ onClose, onMade }: { onClose: () => void; onMade: (connector: string) => Promise<void> }) {
  const cache = useQueryClient();
  const [label, setLabel] = useState('');
  const make = useMutation({
    mutationFn: async () => {
      const { business } = await readConfig();
      const { data } = await api.POST('/api:1/business/{business}/solution', {
        params: { path: { business } },
        body: { label, type: 'product' },
      });
      await cache.invalidateQueries({ queryKey: connectorsQuery.queryKey });
      await onMade(data?.id ?? '');
    },
    onSuccess: onClose,
  });
  const isReady = Label.test(label);
  return (
    <AppDialog
      title="New connector"
      isBusy={make.isPending}
      onSubmit={() => isReady && make.mutate()}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose} disabledFocusable={make.isPending}>
            Cancel
          </Button>
          <Button type="submit" appearance="primary" disabledFocusable={!isReady || make.isPending}>
            Make connector
          </Button>
        </>
      }
    >
      <Field
        label="Name"
        required
        hint="2 to 63 letters and digits, the first a letter."
        validationMessage={
          make.error
            ? sentenceOf(make.error)
            : label !== '' && !isReady
              ? 'Use letters and digits only, at least two, a letter first.'
              : null
        }
      >
        <Input value={label} onChange={(_, { value }) => setLabel(value)} autoComplete="off" maxLength={63} />
      </Field>
    </AppDialog>
  );
}
