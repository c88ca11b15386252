import { Field, Input, makeStyles, MessageBar, MessageBarBody, Select, Subtitle2, tokens } from '@fluentui/react-components';
import { CheckmarkCircleRegular, DismissCircleRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { fieldErrorOf } from '../../api/errors';
import { useMay } from '../access/operator';
import { hasCasing, IdentityTypes, whyNotIdentity, type IdentityFormat } from './identityFormat';
import { useDraft, useSave, useSettings, type SettingsChange } from './settings';
import { SettingsForm } from './SettingsForm';

type Casing = IdentityFormat['options']['casing'];
const MaxLength = 200;

const useStyles = makeStyles({
  title: { margin: 0 },
  tester: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalL,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  result: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, minHeight: '24px', overflowWrap: 'anywhere' },
  icon: { flexShrink: 0 },
});

/** What identities look like, and a place to try one. */
export function IdentityFormatSection() {
  const { connector, settings } = useSettings();
  const mayChange = useMay('admin');
  const save = useSave(connector);
  const { prefix, type, options } = settings.identity_format;
  const draft = useDraft({ prefix, type, casing: options.casing, length: String(options.length) });
  const { value, changed } = draft;
  const known = IdentityTypes.find((one) => one.type === value.type);
  const lengthProblem =
    /^\d+(\.\d+)?$/.test(value.length) && Number(value.length) <= MaxLength ? undefined : `A length is a number from 0 to ${MaxLength}.`;
  const prefixProblem = /\p{Cc}|\p{Cs}|%2F/iu.test(value.prefix) ? 'A prefix has no control characters, and no "%2F".' : undefined;
  const format: IdentityFormat = {
    prefix: value.prefix,
    type: value.type,
    options: { casing: value.casing, length: Number(value.length) || 0 },
  };

  const onSave = () => {
    const change: SettingsChange['identity_format'] = {
      ...('prefix' in changed ? { prefix: value.prefix } : {}),
      ...('type' in changed ? { type: value.type } : {}),
      ...('casing' in changed || 'length' in changed
        ? {
            options: {
              ...('casing' in changed ? { casing: value.casing } : {}),
              ...('length' in changed ? { length: Number(value.length) } : {}),
            },
          }
        : {}),
    };
    save.mutate({ identity_format: change }, { onSuccess: draft.reset });
  };

  return (
    <SettingsForm
      title="Identity format"
      about="Which identities are believed. A device with any other identity is turned away, with each request."
      draft={draft}
      save={save}
      isValid={lengthProblem === undefined && prefixProblem === undefined}
      mayChange={mayChange}
      onSave={onSave}
    >
      <Field label="Type" hint={known?.hint ?? null} validationMessage={fieldErrorOf(save.error, 'identity_format.type') ?? null}>
        <Select value={value.type} onChange={(_, data) => draft.set({ type: data.value })} disabled={!mayChange}>
          {IdentityTypes.some((one) => one.type === type) ? null : <option value={type}>{type}</option>}
          {IdentityTypes.map((one) => (
            <option key={one.type} value={one.type}>
              {one.name}
            </option>
          ))}
        </Select>
      </Field>
      <Field
        label="Prefix"
        hint="Each identity begins with it, written exactly so. It may be empty."
        validationMessage={prefixProblem ?? fieldErrorOf(save.error, 'identity_format.prefix') ?? null}
      >
        <Input
          value={value.prefix}
          onChange={(_, data) => draft.set({ prefix: data.value })}
          disabled={!mayChange}
          autoComplete="off"
          maxLength={200}
        />
      </Field>
      <Field
        label="Length"
        hint="Characters after the prefix; 0 for any number."
        validationMessage={lengthProblem ?? fieldErrorOf(save.error, 'identity_format.options.length') ?? null}
      >
        <Input
          value={value.length}
          inputMode="numeric"
          onChange={(_, data) => draft.set({ length: data.value.trim() })}
          disabled={!mayChange}
          style={{ maxWidth: '120px' }}
        />
      </Field>
      <Field label="Casing" hint={hasCasing(value.type) ? 'Of the letters A to F after the prefix.' : 'Does not count for this type.'}>
        <Select value={value.casing} onChange={(_, data) => draft.set({ casing: data.value as Casing })} disabled={!mayChange}>
          <option value="mixed">Mixed</option>
          <option value="upper">Upper case</option>
          <option value="lower">Lower case</option>
        </Select>
      </Field>
      {draft.isDirty && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>Devices that are known already are turned away too when their identity is not of the new format.</MessageBarBody>
        </MessageBar>
      )}
      <Tester format={format} />
    </SettingsForm>
  );
}

/** Says whether a sample identity is of the format as it stands in the form. */
function Tester({ format }: { format: IdentityFormat }) {
  const styles = useStyles();
  const [sample, setSample] = useState('');
  const problem = whyNotIdentity(format, sample);
  return (
    <section className={styles.tester} aria-label="Try an identity">
      <Subtitle2 as="h3" className={styles.title}>
        Try an identity
      </Subtitle2>
      <Field label="Sample identity" hint="It is judged by the form above, saved or not.">
        <Input value={sample} onChange={(_, { value }) => setSample(value)} autoComplete="off" spellCheck={false} />
      </Field>
      <div role="status" className={styles.result}>
        {sample !== '' &&
          (problem === undefined ? (
            <>
              <CheckmarkCircleRegular fontSize={20} className={styles.icon} aria-hidden /> This identity is of the format.
            </>
          ) : (
            <>
              <DismissCircleRegular fontSize={20} className={styles.icon} aria-hidden /> {problem}
            </>
          ))}
      </div>
    </section>
  );
}
