import { Field, Input, Radio, RadioGroup } from '@fluentui/react-components';
import { useState } from 'react';
import type { Work } from './target';

type Way = 'set' | 'add' | 'take' | 'remove';

/** What is to become of a tag of many devices. */
export function TagFields({ onChange }: { onChange: (work: Work | undefined) => void }) {
  const [way, setWay] = useState<Way>('set');
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const change = (next: { way: Way; name: string; value: string }) => {
    setWay(next.way);
    setName(next.name);
    setValue(next.value);
    onChange(tagWork(next.way, next.name.trim(), next.value.trim()));
  };

  return (
    <>
      <Field label="What">
        <RadioGroup value={way} onChange={(_, data) => change({ way: data.value as Way, name, value })}>
          <Radio value="set" label="Set: this value in place of others of the name" />
          <Radio value="add" label="Add a value" />
          <Radio value="take" label="Remove a value" />
          <Radio value="remove" label="Remove the name with all its values" />
        </RadioGroup>
      </Field>
      <Field label="Name" required>
        <Input value={name} onChange={(_, data) => change({ way, name: data.value, value })} maxLength={80} />
      </Field>
      {way !== 'remove' && (
        <Field label="Value" required>
          <Input value={value} onChange={(_, data) => change({ way, name, value: data.value })} maxLength={200} />
        </Field>
      )}
    </>
  );
}

function tagWork(way: Way, name: string, value: string): Work | undefined {
  if (name === '' || (way !== 'remove' && value === '')) {
    return undefined;
  }

  switch (way) {
    case 'set':
      return { kind: 'tag', tags: { [name]: [value] }, replace: true };
    case 'add':
      return { kind: 'tag', tags: { [name]: [value] } };
    case 'take':
      return { kind: 'tag', remove: { [name]: [value] } };
    case 'remove':
      return { kind: 'tag', remove: [name] };
  }
}
