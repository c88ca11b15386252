import { Field, MessageBar, MessageBarBody, Switch } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { useMay } from '../access/operator';
import { settingsQuery } from '../connectors/connectors';
import { mergeList, useDraft, useSave, useSettings, type SettingsChange } from '../connectors/settings';
import { SettingsForm } from '../connectors/SettingsForm';
import { AddressList } from './AddressList';

/** How devices may activate. */
export function ProvisioningSection() {
  const { connector, settings } = useSettings();
  const cache = useQueryClient();
  const mayChange = useMay('admin');
  const save = useSave(connector);
  const { enabled, presenter_identity, generate_identity, ip_whitelisting } = settings.provisioning;
  const draft = useDraft({
    enabled,
    presenter_identity,
    generate_identity,
    listEnabled: ip_whitelisting.enabled,
    allowed: ip_whitelisting.allowed,
  });
  const { value, changed } = draft;

  const changeOf = async (): Promise<SettingsChange> => {
    const { listEnabled, allowed, ...flags } = changed;
    // The list goes as a whole: what others did to it meanwhile is kept.
    const fresh = allowed === undefined ? undefined : await cache.query({ ...settingsQuery(connector), staleTime: 0 });
    const list = {
      ...(listEnabled === undefined ? {} : { enabled: listEnabled }),
      ...(allowed === undefined
        ? {}
        : { allowed: mergeList(ip_whitelisting.allowed, allowed, fresh?.provisioning.ip_whitelisting.allowed ?? ip_whitelisting.allowed) }),
    };
    return { provisioning: { ...flags, ...(Object.keys(list).length > 0 ? { ip_whitelisting: list } : {}) } };
  };

  return (
    <SettingsForm
      title="Provisioning"
      about="How a device comes to its first credential. Devices that have one are not touched by what changes here."
      draft={draft}
      save={save}
      mayChange={mayChange}
      onSave={() => save.mutate(changeOf, { onSuccess: draft.reset })}
    >
      <Field hint="Off: no device may activate. Operators set credentials by hand.">
        <Switch
          label="Devices may activate"
          checked={value.enabled}
          disabled={!mayChange}
          onChange={(_, { checked }) => draft.set({ enabled: checked })}
        />
      </Field>
      {!value.enabled && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>No new device can come by itself while this is off.</MessageBarBody>
        </MessageBar>
      )}
      <Field hint="On: an unknown identity that presents itself is whitelisted on the spot. Off: only identities that an operator made may activate.">
        <Switch
          label="Devices may present their own identity"
          checked={value.presenter_identity}
          disabled={!mayChange}
          onChange={(_, { checked }) => draft.set({ presenter_identity: checked })}
        />
      </Field>
      <Field hint="A device that names no identity when it activates is given one, of the connector's format.">
        <Switch
          label="Make up identities"
          checked={value.generate_identity}
          disabled={!mayChange}
          onChange={(_, { checked }) => draft.set({ generate_identity: checked })}
        />
      </Field>
      <Field hint="On: the first contact of a device must come from an address of the list. Later it may come from anywhere.">
        <Switch
          label="Only from allowed IP addresses"
          checked={value.listEnabled}
          disabled={!mayChange}
          onChange={(_, { checked }) => draft.set({ listEnabled: checked })}
        />
      </Field>
      {value.listEnabled && value.allowed.length === 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>The list is empty: no new device is let in.</MessageBarBody>
        </MessageBar>
      )}
      <AddressList addresses={value.allowed} mayChange={mayChange} onChange={(allowed) => draft.set({ allowed })} />
    </SettingsForm>
  );
}
