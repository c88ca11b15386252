import { Field, MessageBar, MessageBarBody, Radio, RadioGroup } from '@fluentui/react-components';
import { fieldErrorOf } from '../../api/errors';
import { useMay } from '../access/operator';
import { useDraft, useSave, useSettings, type Settings, type SettingsChange } from '../connectors/settings';
import { SettingsForm } from '../connectors/SettingsForm';
import { CaFields } from './CaFields';
import { readPem } from './certificates';

type AuthType = Settings['provisioning']['auth_type'];

/** How devices prove who they are. */
export function AuthenticationSection() {
  const { connector, settings } = useSettings();
  const mayChange = useMay('admin');
  const save = useSave(connector);
  const draft = useDraft({
    auth_type: settings.provisioning.auth_type,
    pki: settings.pki?.enabled ?? false,
    client_ca: settings.pki?.client_ca ?? '',
  });
  const { value, changed } = draft;
  const isPemNeeded = value.pki || value.client_ca !== '';
  const content = readPem(value.client_ca);
  const pemProblem = isPemNeeded && ('pki' in changed || 'client_ca' in changed) && 'problem' in content ? content.problem : undefined;

  const onSave = () => {
    const change: SettingsChange = {
      ...('auth_type' in changed ? { provisioning: { auth_type: value.auth_type } } : {}),
      ...('pki' in changed || 'client_ca' in changed
        ? {
            pki: {
              ...('pki' in changed ? { enabled: value.pki } : {}),
              ...('client_ca' in changed ? { client_ca: value.client_ca } : {}),
            },
          }
        : {}),
    };
    save.mutate(change, { onSuccess: draft.reset });
  };

  return (
    <SettingsForm
      title="Authentication"
      about="What a device shows with each request. It counts for devices that activate from now on; those that are provisioned keep what they have."
      draft={draft}
      save={save}
      isValid={pemProblem === undefined}
      mayChange={mayChange}
      onSave={onSave}
    >
      <Field label="Devices show" validationMessage={fieldErrorOf(save.error, 'provisioning.auth_type') ?? null}>
        <RadioGroup value={value.auth_type} disabled={!mayChange} onChange={(_, data) => draft.set({ auth_type: data.value as AuthType })}>
          <Radio value="token" label="A token, which they are given when they activate" />
          <Radio value="password" label="A password of their own, of 20 characters or more" />
          <Radio value="certificate" label="A TLS client certificate, whose CN is the identity" />
        </RadioGroup>
      </Field>
      {value.auth_type === 'certificate' && settings.protocol.devmode && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>Developer mode is on. Over plain http devices have no certificates, and only tokens count.</MessageBarBody>
        </MessageBar>
      )}
      {(value.auth_type === 'certificate' || isPemNeeded) && (
        <CaFields
          isOn={value.pki}
          pem={value.client_ca}
          problem={pemProblem ?? fieldErrorOf(save.error, 'pki')}
          content={content}
          mayChange={mayChange}
          onChange={draft.set}
        />
      )}
    </SettingsForm>
  );
}
