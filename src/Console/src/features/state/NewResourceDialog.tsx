import { Button, Field, Input, Select } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client';
import { sentenceOf } from '../../api/errors';
import type { Resource } from '../../api/schema';
import { AppDialog } from '../../components/AppDialog';
import { useMessages } from '../../components/Messages';
import { settingsQuery } from '../connectors/connectors';

interface NewResourceDialogProps {
  connector: string;
  alias: string;
  guess: Resource['format'];
  onClose: () => void;
}

/** Makes a resource of what a device writes already. */
export function NewResourceDialog({ connector, alias, guess, onClose }: NewResourceDialogProps) {
  const cache = useQueryClient();
  const messages = useMessages();
  const [format, setFormat] = useState(guess);
  const [unit, setUnit] = useState('');
  const [problem, setProblem] = useState('');
  const [isBusy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    try {
      await api.POST('/api:1/service/{connector}/device2/resource/{alias}', {
        params: { path: { connector, alias } },
        body: { format, unit: unit.trim() },
      });
      await cache.invalidateQueries({ queryKey: settingsQuery(connector).queryKey });
      messages.done(`${alias} is a resource. Its values are kept from now on, on all instances of the app within 10 seconds.`);
      onClose();
    } catch (error) {
      setProblem(sentenceOf(error));
      setBusy(false);
    }
  };

  return (
    <AppDialog
      title="New resource"
      isBusy={isBusy}
      onSubmit={submit}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose} disabledFocusable={isBusy}>
            Cancel
          </Button>
          <Button type="submit" appearance="primary" disabledFocusable={isBusy}>
            Make the resource
          </Button>
        </>
      }
    >
      <Field label="Alias" {...(problem === '' ? {} : { validationMessage: problem, validationState: 'error' })}>
        <Input value={alias} readOnly />
      </Field>
      <Field label="Format">
        <Select value={format} onChange={(_, { value }) => setFormat(value as Resource['format'])}>
          <option>number</option>
          <option>string</option>
          <option>boolean</option>
        </Select>
      </Field>
      <Field label="Unit" hint="Shown to people; may be empty.">
        <Input value={unit} onChange={(_, { value }) => setUnit(value)} />
      </Field>
    </AppDialog>
  );
}
