import {
  Button,
  Checkbox,
  Field,
  Input,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Radio,
  RadioGroup,
  Select,
} from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client';
import { sentenceOf } from '../../api/errors';
import type { MadeKey } from '../../api/schema';
import { AppDialog } from '../../components/AppDialog';
import { SecretDialog } from '../../components/SecretDialog';
import { expiryOf, type ExpiryChoice } from './expiry';
import { keysQuery } from './keys';
import { Roles, type Role } from './operator';

const useStyles = makeStyles({
  connectors: { display: 'flex', flexDirection: 'column', maxHeight: '200px', overflowY: 'auto' },
});

const Scopes = { this: 'This connector', some: 'Chosen connectors', all: 'All connectors, also those to come' } as const;
type Scope = keyof typeof Scopes;

interface NewKeyDialogProps {
  connector: string;
  connectors: readonly { apiId: string; name: string }[];
  onClose: () => void;
}

/** Makes a key, and shows its secret this once. */
export function NewKeyDialog({ connector, connectors, onClose }: NewKeyDialogProps) {
  const styles = useStyles();
  const cache = useQueryClient();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [scope, setScope] = useState<Scope>('this');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set([connector]));
  const [expiry, setExpiry] = useState<ExpiryChoice>('never');
  const [date, setDate] = useState('');
  const [now] = useState(Date.now);
  const [made, setMade] = useState<MadeKey>();

  const nameProblem = name.includes(':') ? 'A name has no colon.' : name.length > 64 ? 'A name has at most 64 characters.' : undefined;
  const expires = expiryOf(expiry, date, now);
  const dateProblem = expiry === 'date' && date !== '' && expires === undefined ? 'Choose a day in the future.' : undefined;
  const isValid = name.trim() !== '' && nameProblem === undefined && expires !== undefined && (scope !== 'some' || chosen.size > 0);

  const make = useMutation({
    mutationFn: async () => {
      const ids = scope === 'all' ? undefined : scope === 'this' ? [connector] : [...chosen];
      const { data } = await api.POST('/api:1/key', {
        body: { name: name.trim(), role, ...(ids === undefined ? {} : { connectors: ids }), ...(expires ? { expires } : {}) },
      });
      return data;
    },
    onSuccess: async (key) => {
      setMade(key);
      await cache.invalidateQueries({ queryKey: keysQuery.queryKey });
    },
  });

  if (made !== undefined) {
    return (
      <SecretDialog title={`The key ${made.name}`} secret={made.secret} onClose={onClose}>
        Its holder signs in with this secret, and programs send it as <code>Authorization: token …</code>.
      </SecretDialog>
    );
  }

  const toggle = (id: string, isChosen: boolean) =>
    setChosen((now) => new Set(isChosen ? [...now, id] : [...now].filter((one) => one !== id)));
  return (
    <AppDialog
      title="New API key"
      // Its secret comes with the reply, and never again.
      isBusy={make.isPending}
      onSubmit={() => isValid && make.mutate()}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose} disabledFocusable={make.isPending}>
            Cancel
          </Button>
          <Button type="submit" appearance="primary" disabledFocusable={!isValid || make.isPending}>
            Make key
          </Button>
        </>
      }
    >
      <Field
        label="Name"
        required
        hint="Whose key it is. It shows in the list of keys and in what was changed."
        validationMessage={nameProblem ?? null}
      >
        <Input value={name} onChange={(_, { value }) => setName(value)} autoComplete="off" />
      </Field>
      <Field label="Role">
        <Select value={role} onChange={(_, { value }) => setRole(value as Role)}>
          {Roles.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Good for">
        <RadioGroup value={scope} onChange={(_, { value }) => setScope(value as Scope)}>
          {Object.entries(Scopes).map(([value, label]) => (
            <Radio key={value} value={value} label={label} />
          ))}
        </RadioGroup>
      </Field>
      {scope === 'some' && (
        <div className={styles.connectors} role="group" aria-label="Chosen connectors">
          {connectors.map(({ apiId, name: label }) => (
            <Checkbox
              key={apiId}
              label={`${label} (${apiId})`}
              checked={chosen.has(apiId)}
              onChange={(_, { checked }) => toggle(apiId, checked === true)}
            />
          ))}
        </div>
      )}
      <Field label="Expires">
        <Select value={expiry} onChange={(_, { value }) => setExpiry(value as ExpiryChoice)}>
          <option value="never">Never</option>
          <option value="30">In 30 days</option>
          <option value="90">In 90 days</option>
          <option value="365">In a year</option>
          <option value="date">On a day…</option>
        </Select>
      </Field>
      {expiry === 'date' && (
        <Field label="Last day" required validationMessage={dateProblem ?? null}>
          <Input type="date" value={date} onChange={(_, { value }) => setDate(value)} />
        </Field>
      )}
      <div role="alert">
        {make.error !== null && (
          <MessageBar intent="error" layout="multiline">
            <MessageBarBody>{sentenceOf(make.error)}</MessageBarBody>
          </MessageBar>
        )}
      </div>
    </AppDialog>
  );
}
