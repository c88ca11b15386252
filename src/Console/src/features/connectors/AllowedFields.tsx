import { Field, Input, makeStyles, Radio, RadioGroup, Textarea, tokens } from '@fluentui/react-components';
import type { AllowedDraft, AllowedKind } from './allowed';
import type { ResourceFormat } from './resources';

const useStyles = makeStyles({
  ends: { display: 'grid', gridTemplateColumns: '1fr 1fr', gap: tokens.spacingHorizontalM },
});

interface AllowedFieldsProps {
  format: ResourceFormat;
  draft: AllowedDraft;
  problem: string | undefined;
  onChange: (draft: AllowedDraft) => void;
}

/** Which values a resource may have: anything, a range, or those of a list. */
export function AllowedFields({ format, draft, problem, onChange }: AllowedFieldsProps) {
  const styles = useStyles();
  const kind: AllowedKind = draft.kind === 'range' && format !== 'number' ? 'list' : draft.kind;
  return (
    <>
      <Field label="Allowed values">
        <RadioGroup layout="horizontal" value={kind} onChange={(_, { value }) => onChange({ ...draft, kind: value as AllowedKind })}>
          <Radio value="any" label="Anything" />
          {format === 'number' && <Radio value="range" label="A range" />}
          <Radio value="list" label="A list" />
        </RadioGroup>
      </Field>
      {kind === 'range' && (
        <Field
          hint="Both ends are in it. Leave one empty for no end."
          validationMessage={problem === undefined ? null : 'Each end must be a number, the lower end first.'}
        >
          <div className={styles.ends}>
            <Field label="From">
              <Input
                value={draft.low}
                inputMode="decimal"
                onChange={(_, { value }) => onChange({ ...draft, low: value })}
                autoComplete="off"
              />
            </Field>
            <Field label="To">
              <Input
                value={draft.high}
                inputMode="decimal"
                onChange={(_, { value }) => onChange({ ...draft, high: value })}
                autoComplete="off"
              />
            </Field>
          </div>
        </Field>
      )}
      {kind === 'list' && (
        <Field
          label="List of allowed values"
          hint={format === 'number' ? 'One in each line: a number, or a range such as 0:100.' : 'One in each line.'}
          validationMessage={problem ?? null}
        >
          <Textarea value={draft.list} rows={4} resize="vertical" onChange={(_, { value }) => onChange({ ...draft, list: value })} />
        </Field>
      )}
    </>
  );
}
