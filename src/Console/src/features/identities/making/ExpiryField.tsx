import { Field, Input } from '@fluentui/react-components';

/** A date and time of this browser's zone in microseconds; 0 for none; undefined for one that cannot be, or is past. */
export function microsOf(text: string, now = Date.now()): number | undefined {
  if (text === '') {
    return 0;
  }

  const time = new Date(text).getTime();
  return Number.isNaN(time) || time <= now ? undefined : time * 1000;
}

/** Until when devices may activate. */
export function ExpiryField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <Field
      label="May activate until"
      hint="Empty: at any time."
      {...(microsOf(value) === undefined && { validationMessage: 'This must be a time to come.' })}
    >
      <Input type="datetime-local" value={value} onChange={(_, data) => onChange(data.value)} />
    </Field>
  );
}
