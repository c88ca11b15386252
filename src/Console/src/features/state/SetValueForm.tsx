import { Button, Field, Input, makeStyles, Select, Textarea, tokens } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type KeyboardEvent, type SubmitEvent } from 'react';
import { api } from '../../api/client';
import { sentenceOf } from '../../api/errors';
import type { Resource, StateEntry } from '../../api/schema';
import { deviceQuery } from '../identities/device';
import { allowedText, choicesOf, problemOf, textOf, valueOf } from './values';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS, maxWidth: '360px' },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
});

interface SetValueFormProps {
  connector: string;
  identity: string;
  alias: string;
  resource: Resource;
  entry: StateEntry | undefined;
  onClose: () => void;
}

/** Sets a value, within format and allowed values. */
export function SetValueForm({ connector, identity, alias, resource, entry, onClose }: SetValueFormProps) {
  const styles = useStyles();
  const cache = useQueryClient();
  const choices = choicesOf(resource);
  const now = textOf(entry?.set);
  const [text, setText] = useState(choices === undefined || choices.includes(now) ? now : (choices[0] ?? ''));
  const [problem, setProblem] = useState('');
  const [isBusy, setBusy] = useState(false);

  const change = (value: string) => {
    setText(value);
    setProblem('');
  };

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const wrong = problemOf(resource, text);
    setProblem(wrong);
    if (wrong !== '' || isBusy) {
      return;
    }

    setBusy(true);
    try {
      await api.PATCH('/api:1/service/{connector}/device2/identity/{identity}/state', {
        params: { path: { connector, identity } },
        body: { [alias]: valueOf(resource, text) },
      });
      await cache.invalidateQueries({ queryKey: deviceQuery(connector, identity).queryKey });
      onClose();
    } catch (error) {
      setProblem(sentenceOf(error));
      setBusy(false);
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
    }
  };

  return (
    <form className={styles.form} onSubmit={submit} onKeyDown={onKeyDown} noValidate>
      <Field
        label={`New value of ${alias}`}
        {...(problem === '' ? { hint: hintOf(resource) } : { validationMessage: problem, validationState: 'error' })}
      >
        {choices !== undefined ? (
          <Select value={text} onChange={(_, { value }) => change(value)} autoFocus>
            {choices.map((choice) => (
              // The browser takes blanks out of what has no value of its own.
              <option key={choice} value={choice}>
                {choice}
              </option>
            ))}
          </Select>
        ) : resource.format === 'number' ? (
          <Input value={text} onChange={(_, { value }) => change(value)} inputMode="decimal" autoComplete="off" autoFocus />
        ) : (
          <Textarea value={text} onChange={(_, { value }) => change(value)} resize="vertical" autoFocus />
        )}
      </Field>
      <div className={styles.actions}>
        <Button type="submit" size="small" appearance="primary" disabledFocusable={isBusy}>
          Set
        </Button>
        <Button size="small" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

function hintOf(resource: Resource): string {
  const allowed = allowedText(resource);
  const unit = resource.unit === '' ? '' : ` In ${resource.unit}.`;
  if (choicesOf(resource) !== undefined) {
    return unit.trim();
  }

  return ((resource.format === 'string' ? 'At most 64 KB.' : allowed === '' ? '' : `Allowed: ${allowed}.`) + unit).trim();
}
