import { Field, Input, makeStyles, MessageBar, MessageBarBody, Switch, Text, Textarea, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { fieldErrorOf } from '../../api/errors';
import { CopyButton } from '../../components/CopyButton';
import { configQuery } from '../access/config';
import { useMay } from '../access/operator';
import { DangerZone } from './DangerZone';
import { endpointsOf } from './endpoint';
import { useDraft, useSave, useSettings, type Settings, type SettingsChange } from './settings';
import { SettingsForm } from './SettingsForm';

const MaxNameLength = 200;
const MaxDescriptionLength = 2_000;

const useStyles = makeStyles({
  list: {
    margin: 0,
    display: 'grid',
    gridTemplateColumns: 'max-content minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalL,
    alignItems: 'center',
    '@media (max-width: 480px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  value: { margin: 0, display: 'flex', alignItems: 'center', overflowWrap: 'anywhere', minHeight: '32px' },
  name: { fontWeight: tokens.fontWeightSemibold },
});

/** Name of the connector, protocol, endpoint name and port, developer mode. */
export function ProtocolSection() {
  const { connector, settings } = useSettings();
  const mayChange = useMay('admin');
  const save = useSave(connector);
  const { name, description, protocol } = settings;
  const draft = useDraft({ name, description, devmode: protocol.devmode, port: String(protocol.port) });
  const { value, changed } = draft;
  const problems = {
    name:
      value.name.trim() === ''
        ? 'A name is needed.'
        : value.name.length > MaxNameLength
          ? `At most ${MaxNameLength} characters.`
          : undefined,
    description: value.description.length > MaxDescriptionLength ? `At most ${MaxDescriptionLength} characters.` : undefined,
    port:
      /^\d{1,5}$/.test(value.port) && Number(value.port) >= 1 && Number(value.port) <= 65_535
        ? undefined
        : 'A port is a number from 1 to 65535.',
  };
  const isValid = Object.values(problems).every((problem) => problem === undefined);
  const onSave = () =>
    save.mutate(
      {
        ...('name' in changed ? { name: value.name } : {}),
        ...('description' in changed ? { description: value.description } : {}),
        ...('devmode' in changed || 'port' in changed
          ? {
              protocol: {
                ...('devmode' in changed ? { devmode: value.devmode } : {}),
                ...('port' in changed ? { port: Number(value.port) } : {}),
              },
            }
          : {}),
      } satisfies SettingsChange,
      { onSuccess: draft.reset },
    );

  return (
    <>
      <SettingsForm title="General" draft={draft} save={save} isValid={isValid} mayChange={mayChange} onSave={onSave}>
        <Field label="Name" required validationMessage={problems.name ?? fieldErrorOf(save.error, 'name') ?? null}>
          <Input value={value.name} onChange={(_, data) => draft.set({ name: data.value })} disabled={!mayChange} autoComplete="off" />
        </Field>
        <Field label="Description" validationMessage={problems.description ?? fieldErrorOf(save.error, 'description') ?? null}>
          <Textarea
            value={value.description}
            onChange={(_, data) => draft.set({ description: data.value })}
            disabled={!mayChange}
            resize="vertical"
          />
        </Field>
        <Endpoint connector={connector} settings={settings} />
        <Field
          label="Port"
          hint="The port that devices are told."
          validationMessage={problems.port ?? fieldErrorOf(save.error, 'protocol.port') ?? null}
        >
          <Input
            value={value.port}
            inputMode="numeric"
            onChange={(_, data) => draft.set({ port: data.value.trim() })}
            disabled={!mayChange}
            style={{ maxWidth: '120px' }}
          />
        </Field>
        <Switch
          label="Developer mode"
          checked={value.devmode}
          disabled={!mayChange}
          onChange={(_, data) => draft.set({ devmode: data.checked })}
        />
        {value.devmode && (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>
              Developer mode also serves devices over plain http, on a host name of its own. Whoever is on the way reads their tokens and
              values. Use it for development, and never for devices in the field.
            </MessageBarBody>
          </MessageBar>
        )}
      </SettingsForm>
      {mayChange && <DangerZone connector={connector} name={name} />}
    </>
  );
}

/** What devices have to know, to be read and copied. */
function Endpoint({ connector, settings }: { connector: string; settings: Settings }) {
  const styles = useStyles();
  const { data: config } = useQuery(configQuery);
  const { protocol, fqdn } = settings;
  const { https, http } = endpointsOf(connector, fqdn, protocol.devmode, config?.devmodeDomain ?? '');
  const policy = protocol.tls?.policy;
  return (
    <dl className={styles.list}>
      <dt className={styles.name}>Connector id</dt>
      <dd className={styles.value}>
        {connector} <CopyButton text={connector} label="Copy the connector id" />
      </dd>
      <dt className={styles.name}>Endpoint name</dt>
      <dd className={styles.value}>
        {https} <CopyButton text={https} label="Copy the endpoint name" />
      </dd>
      {http !== undefined && (
        <>
          <dt className={styles.name}>Plain http</dt>
          <dd className={styles.value}>
            {http} <CopyButton text={http} label="Copy the endpoint name for plain http" />
          </dd>
        </>
      )}
      <dt className={styles.name}>Protocol</dt>
      <dd className={styles.value}>
        {protocol.name.includes('mqtt') ? `${protocol.name}, kept as it was written; devices speak HTTP here` : `HTTP (${protocol.name})`}
      </dd>
      <dt className={styles.name}>TLS policy</dt>
      <dd className={styles.value}>
        <Text>
          {policy === undefined ? 'None of its own' : Array.isArray(policy) ? policy.join(', ') : policy}. The platform in front of the app
          decides about TLS.
        </Text>
      </dd>
    </dl>
  );
}
