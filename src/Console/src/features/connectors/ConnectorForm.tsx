import { Field, Input } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import { api } from '../../api/client';
import { sentenceOf } from '../../api/errors';
import { readConfig } from '../access/config';
import { connectorsQuery } from './connectors';

const MaxLength = 63;
const Label = /^[A-Za-z][A-Za-z0-9]{1,62}$/;

interface ConnectorFormProps {
  className?: string;
  /** Goes to the connector that was made. */
  onMade: (connector: string) => Promise<unknown>;
  /** Puts the field where it belongs, with a button that makes the connector. */
  children: (field: ReactNode, canMake: boolean) => ReactNode;
}

/** Makes a connector. Only an operator who is admin of all connectors may. */
export function ConnectorForm({ className, onMade, children }: ConnectorFormProps) {
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
  });
  const isName = Label.test(label);
  const canMake = isName && !make.isPending;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (canMake) {
      make.mutate();
    }
  };

  const problem = label === '' || isName ? '' : 'Use letters and digits only, at least two, a letter first.';
  return (
    <form className={className} onSubmit={submit} noValidate>
      {children(
        <Field
          label="Name"
          required
          hint={`2 to ${MaxLength} letters and digits, the first a letter.`}
          validationMessage={problem || (make.error === null ? null : sentenceOf(make.error))}
        >
          <Input value={label} onChange={(_, { value }) => setLabel(value.trim())} autoComplete="off" maxLength={MaxLength} />
        </Field>,
        canMake,
      )}
    </form>
  );
}
