import {
  Checkbox,
  Field,
  Input,
  Label,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Radio,
  RadioGroup,
  Switch,
  tokens,
} from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { fieldErrorOf } from '../../api/errors';
import { useMay } from '../access/operator';
import { useDraft, useSave, useSettings, type SettingsChange } from '../connectors/settings';
import { SettingsForm } from '../connectors/SettingsForm';
import { DeadLetters } from './DeadLetters';
import { Delivery } from './Delivery';
import { EventTypes, eventsQuery, urlProblem, type EventType } from './events';

const useStyles = makeStyles({
  types: { display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(260px, 1fr))', columnGap: tokens.spacingHorizontalM },
  label: { display: 'flex', flexDirection: 'column' },
  hint: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** Events to code of one's own. */
export function EventsSection() {
  const styles = useStyles();
  const typesId = useId();
  const { connector, settings } = useSettings();
  const cache = useQueryClient();
  const mayChange = useMay('admin');
  const save = useSave(connector);
  const { types = [], destination } = settings.events ?? {};
  const draft = useDraft({
    isOn: destination !== undefined,
    kind: destination?.type ?? ('webhook' as const),
    url: destination?.url ?? '',
    // A first destination brings all types, unless some were chosen.
    types: destination === undefined && types.length === 0 ? EventTypes.map(({ type }) => type) : types,
  });
  const { value, changed } = draft;
  const problem = value.isOn ? urlProblem(value.url, value.kind) : undefined;
  const isRedirected = 'isOn' in changed || 'kind' in changed || 'url' in changed;

  const onSave = () => {
    const next: NonNullable<SettingsChange['events']> = {
      ...(isRedirected && value.isOn ? { destination: { type: value.kind, url: value.url } } : {}),
      ...('isOn' in changed && !value.isOn ? { destination: null } : {}),
      ...('types' in changed || ('isOn' in changed && value.isOn) ? { types: value.types } : {}),
    };
    save.mutate(
      { events: next },
      {
        onSuccess: () => {
          draft.reset();
          void cache.invalidateQueries({ queryKey: eventsQuery(connector).queryKey });
        },
      },
    );
  };

  const toggle = (type: EventType, isChosen: boolean) =>
    draft.set({ types: EventTypes.map((one) => one.type).filter((one) => (one === type ? isChosen : value.types.includes(one))) });

  return (
    <>
      <SettingsForm
        title="Events"
        about="What happens to the devices can be sent to code of your own, as CloudEvents: at least once, and in order for each device."
        draft={draft}
        save={save}
        isValid={problem === undefined}
        mayChange={mayChange}
        onSave={onSave}
      >
        <Field hint="Off: the destination is forgotten. What is under way then goes to the dead letters.">
          <Switch
            label="Deliver events"
            checked={value.isOn}
            disabled={!mayChange}
            onChange={(_, { checked }) => draft.set({ isOn: checked })}
          />
        </Field>
        {value.isOn && (
          <>
            <Field label="Destination">
              <RadioGroup
                layout="horizontal"
                value={value.kind}
                disabled={!mayChange}
                onChange={(_, data) => draft.set({ kind: data.value === 'eventgrid' ? 'eventgrid' : 'webhook' })}
              >
                <Radio value="webhook" label="Webhook" />
                <Radio value="eventgrid" label="Topic of Azure Event Grid" />
              </RadioGroup>
            </Field>
            <Field
              label="Address"
              required
              hint="A query is never shown again. It reads ***, and stays as it is while you leave it so."
              validationMessage={
                (value.url === '' && !('url' in changed) ? undefined : problem) ?? fieldErrorOf(save.error, 'events.destination') ?? null
              }
            >
              <Input
                type="url"
                value={value.url}
                disabled={!mayChange}
                onChange={(_, data) => draft.set({ url: data.value.trim() })}
                autoComplete="off"
                spellCheck={false}
                placeholder="https://events.example.com/murano"
              />
            </Field>
            {/* Not a Field: that would give its one id to each of the boxes. */}
            <div role="group" aria-labelledby={typesId}>
              <Label id={typesId}>Types</Label>
              <div className={styles.types}>
                {EventTypes.map(({ type, hint }) => (
                  <Checkbox
                    key={type}
                    disabled={!mayChange}
                    checked={value.types.includes(type)}
                    onChange={(_, { checked }) => toggle(type, checked === true)}
                    label={
                      <span className={styles.label}>
                        {type}
                        <span className={styles.hint}>{hint}</span>
                      </span>
                    }
                  />
                ))}
              </div>
              <div role="status">
                {value.types.length === 0 && (
                  <MessageBar intent="warning" layout="multiline">
                    <MessageBarBody>Nothing is delivered while no type is chosen.</MessageBarBody>
                  </MessageBar>
                )}
              </div>
            </div>
          </>
        )}
      </SettingsForm>
      <Delivery connector={connector} />
      <DeadLetters connector={connector} />
    </>
  );
}
