import { Link, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { createLink, useNavigate, useSearch } from '@tanstack/react-router';
import { Suspense, useSyncExternalStore } from 'react';
import type { Resource, StateEntry } from '../../api/schema';
import { AddressSearchBox } from '../../components/AddressSearchBox';
import { Age } from '../../components/Age';
import { deferred } from '../../components/deferred';
import { EmptyState } from '../../components/EmptyState';
import { Waiting } from '../../components/Waiting';
import { own } from '../../format/own';
import { useMay } from '../access/operator';
import { settingsQuery } from '../connectors/connectors';
import { deviceQuery } from '../identities/device';
import { useDeviceContext } from '../identities/deviceContext';
import { valuesSearch } from './search';
import type { SeenValues } from './seen';
import { SetValue } from './SetValue';
import { UndefinedValues } from './UndefinedValues';
import { ValueText } from './ValueText';
import { allowedText } from './values';

const RouterLink = createLink(Link);
const Chart = deferred(async () => (await import('./ValueChart')).ValueChart);
const ManyResources = 15;
const LookEvery = 3_000;

const useStyles = makeStyles({
  table: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    marginBottom: tokens.spacingVerticalM,
  },
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(150px, 2fr) minmax(110px, 2fr) minmax(190px, 3fr)',
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    '@media (max-width: 720px)': { gridTemplateColumns: '1fr 1fr', rowGap: tokens.spacingVerticalXS },
  },
  head: {
    borderTop: 'none',
    fontWeight: tokens.fontWeightSemibold,
    fontSize: tokens.fontSizeBase200,
    backgroundColor: tokens.colorNeutralBackground3,
    '@media (max-width: 720px)': { display: 'none' },
  },
  cell: { minWidth: 0, overflowWrap: 'anywhere' },
  wide: { '@media (max-width: 720px)': { gridColumn: '1 / -1' } },
  small: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  label: {
    display: 'none',
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    '@media (max-width: 720px)': { display: 'block' },
  },
  filter: { maxWidth: '320px', width: '100%', marginBottom: tokens.spacingVerticalS },
});

/** The values of a device: what it reported, and what the cloud set. */
export function ValuesTab() {
  const styles = useStyles();
  const { connector, identity, live, seen } = useDeviceContext();
  // Who looks at values wants to see them move, with or without a live log.
  const { data: device } = useQuery({ ...deviceQuery(connector, identity), refetchInterval: live.state === 'live' ? false : LookEvery });
  const { data: settings } = useQuery(settingsQuery(connector));
  const { alias: part = '' } = useSearch({ from: '/inside/connectors/$connector/devices/$identity/' });
  const navigate = useNavigate({ from: '/connectors/$connector/devices/$identity/' });
  useSyncExternalStore(seen.listen, seen.version);
  if (device === undefined || settings === undefined) {
    return <Waiting />;
  }

  const all = Object.entries(settings.resources).sort(([one], [other]) => one.localeCompare(other));
  const shown = all.filter(([alias]) => alias.toLowerCase().includes(part.trim().toLowerCase()));
  return (
    <>
      {all.length === 0 && (
        <EmptyState title="There are no resources yet">
          <Text>
            A resource names a value that devices have, such as a temperature. What devices write under other names is passed on, and not
            kept.
          </Text>
          <RouterLink to="/connectors/$connector/resources" params={{ connector }}>
            Define resources
          </RouterLink>
        </EmptyState>
      )}
      {(all.length > ManyResources || part !== '') && (
        <AddressSearchBox
          className={styles.filter}
          aria-label="Find a resource"
          placeholder="Find a resource"
          value={part}
          onSearch={(alias) => void navigate({ search: valuesSearch({ alias }), replace: true })}
        />
      )}
      {all.length > 0 && shown.length === 0 && <Text role="status">No resource has this in its name.</Text>}
      {shown.length > 0 && (
        <div role="table" aria-label="Values" className={styles.table}>
          <div role="row" className={mergeClasses(styles.row, styles.head)}>
            {['Resource', 'Reported', 'Set by the cloud'].map((name) => (
              <span key={name} role="columnheader">
                {name}
              </span>
            ))}
          </div>
          {shown.map(([alias, resource]) => (
            <Row key={alias} alias={alias} resource={resource} entry={own(device.state, alias)} seen={seen} />
          ))}
        </div>
      )}
      {all.length > 0 && (
        <Text block className={styles.small}>
          When a value was set is known until the device has it; later, as far as that was seen here.{' '}
          {live.state === 'live' ? 'Values are live.' : 'Values are looked up every few seconds.'}
        </Text>
      )}
      <UndefinedValues values={seen.undefinedOf(settings.resources)} isLive={live.state === 'live'} />
      <Suspense fallback={<Waiting label="Loading the chart" />}>
        <ChartIfAny resources={settings.resources} seen={seen} />
      </Suspense>
    </>
  );
}

interface RowProps {
  alias: string;
  resource: Resource;
  entry: StateEntry | undefined;
  seen: SeenValues;
}

function Row({ alias, resource, entry, seen }: RowProps) {
  const styles = useStyles();
  const { connector, identity } = useDeviceContext();
  const mayChange = useMay('operator');
  const allowed = allowedText(resource);
  const facts = [resource.format, resource.settable ? 'settable' : 'only reported', ...(resource.sync ? [] : ['sync off'])].join(', ');
  return (
    <div role="row" className={styles.row}>
      <span role="rowheader" className={mergeClasses(styles.cell, styles.wide)}>
        <Text weight="semibold" block>
          {alias}
          {resource.unit !== '' && ` (${resource.unit})`}
        </Text>
        <span className={styles.small}>
          {facts}
          {allowed !== '' && `; allowed: ${allowed}`}
        </span>
      </span>
      <span role="cell" className={styles.cell}>
        <span className={styles.label} aria-hidden>
          Reported
        </span>
        {entry?.reported === undefined ? <span className={styles.small}>nothing yet</span> : <ValueText value={entry.reported} />}
        <When at={entry?.reportedAt} />
      </span>
      <span role="cell" className={styles.cell}>
        <span className={styles.label} aria-hidden>
          Set by the cloud
        </span>
        {resource.settable ? (
          <>
            <SetValue connector={connector} identity={identity} alias={alias} resource={resource} entry={entry} mayChange={mayChange} />
            <When at={entry?.setAt ?? seen.setAt(alias)} />
          </>
        ) : (
          <span className={styles.small}>not settable</span>
        )}
      </span>
    </div>
  );
}

function When({ at }: { at: number | undefined }) {
  const styles = useStyles();
  return (
    at !== undefined && (
      <div className={styles.small}>
        <Age micros={at} />
      </div>
    )
  );
}

function ChartIfAny({ resources, seen }: { resources: Readonly<Record<string, Resource>>; seen: SeenValues }) {
  const charted = Object.entries(resources)
    .filter(([alias, { format }]) => format === 'number' && (seen.series(alias)?.count ?? 0) > 1)
    .map(([alias, { unit }]) => ({ alias, unit }));
  return charted.length > 0 && <Chart charted={charted} seen={seen} />;
}
