import { Button, Field, Input, makeStyles, MessageBar, MessageBarBody, Select, Switch, Textarea, tokens } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client';
import { sentenceOf } from '../../api/errors';
import { AppDialog } from '../../components/AppDialog';
import { useMessages } from '../../components/Messages';
import { valueOf } from '../state/values';
import { AllowedFields } from './AllowedFields';
import { allowedOf, draftOf, type AllowedDraft } from './allowed';
import { settingsQuery } from './connectors';
import { aliasProblem, resourceProblems, type NamedResource, type Resource, type ResourceFormat } from './resources';
import { differences } from './settings';

const useStyles = makeStyles({
  pair: {
    display: 'grid',
    gridTemplateColumns: '1fr 1fr',
    gap: tokens.spacingHorizontalM,
    alignItems: 'start',
    '@media (max-width: 480px)': { gridTemplateColumns: '1fr' },
  },
});

interface ResourceDialogProps {
  connector: string;
  /** The one that is edited; absent for a new one. */
  resource?: NamedResource;
  /** What a new one is called, and what its values most likely are, where devices write it already. */
  proposed?: { alias: string; format: ResourceFormat };
  onClose: () => void;
}

const Usual: Resource = { format: 'number', unit: '', settable: false, allowed: [], sync: true };

/** Makes or changes a resource. */
export function ResourceDialog({ connector, resource, proposed, onClose }: ResourceDialogProps) {
  const styles = useStyles();
  const cache = useQueryClient();
  const messages = useMessages();
  const before = resource === undefined ? { ...Usual, format: proposed?.format ?? Usual.format } : withoutAlias(resource);
  const [alias, setAlias] = useState(resource?.alias ?? proposed?.alias ?? '');
  const [draft, setDraft] = useState(before);
  const [allowed, setAllowed] = useState<AllowedDraft>(() => draftOf(before.format, before.allowed));
  const [initial, setInitial] = useState(before.initial === undefined ? '' : String(before.initial));
  const [hasInitial, setHasInitial] = useState(before.initial !== undefined);
  const [isTried, setTried] = useState(false);

  const wanted = definitionOf(draft, allowed, hasInitial ? initial : undefined);
  const problems = resourceProblems(wanted);
  const badAlias = resource === undefined ? aliasProblem(alias) : undefined;
  const isValid = badAlias === undefined && Object.keys(problems).length === 0;

  const save = useMutation({
    mutationFn: async () => {
      const path = { connector, alias };
      if (resource === undefined) {
        await api.POST('/api:1/service/{connector}/device2/resource/{alias}', { params: { path }, body: wanted });
      } else {
        // Over what is there now: only what was changed here is changed, and fields that this page does not know stay.
        const { data: fresh } = await api.GET('/api:1/service/{connector}/device2/resource/{alias}', { params: { path } });
        const changes = differences<Resource>(before, wanted);
        const isInitialGone = wanted.initial === undefined && (before.initial !== undefined || !wanted.settable);
        const merged: Resource = { ...before, ...fresh, ...changes };
        await api.PUT('/api:1/service/{connector}/device2/resource/{alias}', {
          params: { path },
          body: isInitialGone ? withoutInitial(merged) : merged,
        });
      }

      await cache.invalidateQueries({ queryKey: settingsQuery(connector).queryKey });
    },
    onSuccess: () => {
      messages.done(
        resource === undefined
          ? `${alias} was made. Its values are kept from now on, on all instances of the app within 10 seconds.`
          : `${alias} was changed`,
      );
      onClose();
    },
  });

  const submit = () => {
    setTried(true);
    if (isValid) {
      save.mutate();
    }
  };

  const set = (change: Partial<Resource>) => setDraft((now) => ({ ...now, ...change }));
  return (
    <AppDialog
      title={resource === undefined ? 'New resource' : `Edit ${resource.alias}`}
      isBusy={save.isPending}
      onSubmit={submit}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose} disabledFocusable={save.isPending}>
            Cancel
          </Button>
          <Button type="submit" appearance="primary" disabledFocusable={save.isPending || (isTried && !isValid)}>
            {resource === undefined ? 'Make resource' : 'Save'}
          </Button>
        </>
      }
    >
      {resource === undefined && (
        <Field
          label="Alias"
          required
          hint="The name under which devices write and read the value, without dots and dollar signs. It cannot be changed later."
          validationMessage={isTried || alias !== '' ? (badAlias ?? null) : null}
        >
          <Input
            value={alias}
            readOnly={proposed !== undefined}
            onChange={(_, { value }) => setAlias(value)}
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
      )}
      <div className={styles.pair}>
        <Field label="Format" hint="A value has at most 64 KB.">
          <Select value={draft.format} onChange={(_, { value }) => set({ format: value as ResourceFormat })}>
            <option value="number">Number</option>
            <option value="string">String</option>
            <option value="boolean">Boolean</option>
          </Select>
        </Field>
        <Field label="Unit" validationMessage={problems.unit ?? null}>
          <Input value={draft.unit} onChange={(_, { value }) => set({ unit: value })} autoComplete="off" />
        </Field>
      </div>
      <AllowedFields format={draft.format} draft={allowed} problem={problems.allowed} onChange={setAllowed} />
      <Switch
        label="Modify this value from the cloud"
        checked={draft.settable}
        onChange={(_, { checked }) => {
          set({ settable: checked });
          setHasInitial(checked && hasInitial);
        }}
      />
      <Field hint="On: what the cloud sets waits until the device acknowledges it. Off: set and reported are always the same.">
        <Switch label="Sync" checked={draft.sync} onChange={(_, { checked }) => set({ sync: checked })} />
      </Field>
      {draft.settable && <Switch label="Has an initial value" checked={hasInitial} onChange={(_, { checked }) => setHasInitial(checked)} />}
      {draft.settable && hasInitial && (
        <Field label="Initial value" hint="What devices read before there is any other." validationMessage={problems.initial ?? null}>
          {draft.format === 'string' ? (
            <Textarea value={initial} onChange={(_, { value }) => setInitial(value)} resize="vertical" />
          ) : (
            <Input value={initial} onChange={(_, { value }) => setInitial(value.trim())} autoComplete="off" />
          )}
        </Field>
      )}
      <div role="alert">
        {(save.error !== null || problems.whole !== undefined) && (
          <MessageBar intent="error" layout="multiline">
            <MessageBarBody>{problems.whole ?? sentenceOf(save.error)}</MessageBarBody>
          </MessageBar>
        )}
      </div>
    </AppDialog>
  );
}

function definitionOf(draft: Resource, allowed: AllowedDraft, initial: string | undefined): Resource {
  const definition = withoutInitial({ ...draft, allowed: allowedOf(draft.format, allowed) });
  return initial === undefined ? definition : { ...definition, initial: valueOf(draft, initial) };
}

function withoutInitial(resource: Resource): Resource {
  const rest = { ...resource };
  delete rest.initial;
  return rest;
}

function withoutAlias(resource: NamedResource): Resource {
  const { alias, ...rest } = resource;
  return alias === '' ? resource : rest;
}
