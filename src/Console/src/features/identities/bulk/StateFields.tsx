import { Field, Input, Select } from '@fluentui/react-components';
import { useState } from 'react';
import type { Settings } from '../../../api/schema';
import type { Work } from './target';

/** A value for a resource that the cloud may set. */
export function StateFields({ resources, onChange }: { resources: Settings['resources']; onChange: (work: Work | undefined) => void }) {
  const settable = Object.entries(resources).filter(([, resource]) => resource.settable);
  const [alias, setAlias] = useState(settable[0]?.[0] ?? '');
  const [text, setText] = useState('');
  const resource = resources[alias];
  const problem = resource?.format === 'number' && text.trim() !== '' && !Number.isFinite(Number(text)) ? 'This must be a number.' : '';
  const change = (nextAlias: string, nextText: string) => {
    setAlias(nextAlias);
    setText(nextText);
    const value = valueOf(resources[nextAlias]?.format, nextText);
    onChange(value === undefined ? undefined : { kind: 'state', state: { [nextAlias]: value } });
  };

  return (
    <>
      <Field label="Resource" required>
        <Select value={alias} onChange={(_, { value }) => change(value, '')}>
          {settable.map(([name]) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
      </Field>
      <Field
        label={resource === undefined || resource.unit === '' ? 'Value' : `Value (${resource.unit})`}
        required
        {...(problem !== '' && { validationMessage: problem })}
        {...(resource !== undefined && resource.allowed.length > 0 && { hint: `Allowed: ${resource.allowed.join(', ')}` })}
      >
        {resource?.format === 'boolean' ? (
          <Select value={text} onChange={(_, { value }) => change(alias, value)}>
            <option value="">–</option>
            <option>true</option>
            <option>false</option>
          </Select>
        ) : (
          <Input value={text} onChange={(_, { value }) => change(alias, value)} />
        )}
      </Field>
    </>
  );
}

function valueOf(format: string | undefined, text: string): string | number | boolean | undefined {
  if (format === 'number') {
    return text.trim() === '' || !Number.isFinite(Number(text)) ? undefined : Number(text);
  }

  return format === 'boolean' ? (text === '' ? undefined : text === 'true') : text;
}
