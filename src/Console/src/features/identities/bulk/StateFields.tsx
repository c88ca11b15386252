import { Field, Input, Select, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import type { Settings } from '../../../api/schema';
import { allowedText, choicesOf, problemOf, valueOf } from '../../state/values';
import type { Work } from './target';

interface StateFieldsProps {
  resources: Settings['resources'];
  /** What is to be done; undefined while the value is none that the resource may have. */
  onChange: (work: Work | undefined) => void;
}

/** A value for a resource that the cloud may set, within its format and allowed values. */
export function StateFields({ resources, onChange }: StateFieldsProps) {
  const settable = Object.entries(resources).filter(([, resource]) => resource.settable);
  const [alias, setAlias] = useState(settable[0]?.[0] ?? '');
  const [text, setText] = useState<string>();
  const resource = settable.find(([name]) => name === alias)?.[1];
  const change = (nextAlias: string, nextText: string | undefined) => {
    const next = settable.find(([name]) => name === nextAlias)?.[1];
    setAlias(nextAlias);
    setText(nextText);
    onChange(
      next === undefined || nextText === undefined || problemOf(next, nextText) !== ''
        ? undefined
        : { kind: 'state', state: { [nextAlias]: valueOf(next, nextText) } },
    );
  };

  const set = (value: string) => change(alias, value);
  const choices = resource && choicesOf(resource);
  const problem = resource === undefined || text === undefined ? '' : problemOf(resource, text);
  const allowed = resource && choices === undefined ? allowedText(resource) : '';
  return (
    <>
      <Field label="Resource" required>
        <Select value={alias} onChange={(_, { value }) => change(value, undefined)}>
          {settable.map(([name]) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field
        label={resource === undefined || resource.unit === '' ? 'Value' : `Value (${resource.unit})`}
        required
        {...(allowed !== '' && { hint: `Allowed: ${allowed}` })}
        {...(problem !== '' && { validationMessage: problem })}
      >
        {choices !== undefined ? (
          <Select
            value={String(text === undefined ? -1 : choices.indexOf(text))}
            onChange={(_, { value }) => change(alias, choices[Number(value)])}
          >
            <option value="-1">–</option>
            {choices.map((choice, index) => (
              <option key={choice} value={index}>
                {choice}
              </option>
            ))}
          </Select>
        ) : resource?.format === 'string' ? (
          <Textarea value={text ?? ''} onChange={(_, { value }) => set(value)} resize="vertical" />
        ) : (
          <Input value={text ?? ''} onChange={(_, { value }) => set(value)} inputMode="decimal" autoComplete="off" />
        )}
      </Field>
    </>
  );
}
