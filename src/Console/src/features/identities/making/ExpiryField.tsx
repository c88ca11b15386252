import { Field, Input } from '@fluentui/react-components';
import { microsOf } from '../localTime';

/** A date and time of this browser's zone in microseconds; 0 for none; undefined for one that cannot be, or is past. */
export function expiryOf(text: string): number | undefined {
  const time = text === '' ? 0 : microsOf(text);
  return time === 0 || (time ?? 0) > Date.now() * 1000 ? time : undefined;
}

/** Until when devices may activate. */
export function ExpiryField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <Field
      label="May activate until"
      hint="Empty: at any time."
      {...(expiryOf(value) === undefined && { validationMessage: 'This must be a time to come.' })}
    >
      <Input type="datetime-local" value={value} onChange={(_, data) => onChange(data.value)} />
    </Field>
  );
}
