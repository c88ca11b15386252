import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  Text,
  tokens,
} from '@fluentui/react-components';
import { AddRegular, ArrowClockwiseRegular } from '@fluentui/react-icons';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Suspense, useCallback, useMemo, useState } from 'react';
import { ApiError, sentenceOf } from '../../api/errors';
import type { ListedIdentity } from '../../api/schema';
import { deferred, deferredDialog } from '../../components/deferred';
import { EmptyState } from '../../components/EmptyState';
import { NotRenewed } from '../../components/NotRenewed';
import { PageHeader } from '../../components/PageHeader';
import { DataTable } from '../../components/table/DataTable';
import { Waiting } from '../../components/Waiting';
import { useMay } from '../access/operator';
import { settingsQuery } from '../connectors/connectors';
import { TagColumnMenu } from '../tags/TagColumnMenu';
import { countQuery } from './count';
import { deviceColumns, UsualColumns } from './columns';
import { ColumnsMenu } from './ColumnsMenu';
import { DeviceCount } from './DeviceCount';
import { FilterBar } from './filter/FilterBar';
import { identitySearch, shownAliases, withColumns, type IdentitySearch } from './search';
import { simulatedIdentity } from './simulate/identity';
import { SimulateButton } from './simulate/SimulateButton';
import { useDevices } from './useDevices';

const FirstSteps = deferred(async () => (await import('./FirstSteps')).FirstSteps);
const NewDevicesDialog = deferredDialog(async () => (await import('./making/NewDevicesDialog')).NewDevicesDialog);
const SelectionBar = deferred(async () => (await import('./bulk/SelectionBar')).SelectionBar);
const RowMenu = deferredDialog(async () => (await import('./RowMenu')).RowMenu);

const None: ReadonlySet<string> = new Set();

const useStyles = makeStyles({
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  old: { display: 'flex', flexDirection: 'column', flexGrow: 1, opacity: 0.6 },
  list: { display: 'flex', flexDirection: 'column', flexGrow: 1 },
});

const idOf = ({ identity }: ListedIdentity): string => identity;
const Usual = Object.keys(UsualColumns);

/** The devices of a connector: search, sort, filter, and work on many at once. */
export function DevicesPage() {
  const styles = useStyles();
  const { connector } = useParams({ from: '/inside/connectors/$connector/devices' });
  const search = useSearch({ from: '/inside/connectors/$connector/devices' });
  const navigate = useNavigate({ from: '/connectors/$connector/devices' });
  const may = useMay('operator');
  const settings = useSuspenseQuery(settingsQuery(connector)).data;
  const devices = useDevices(connector, search);
  const [sample] = useState(() => simulatedIdentity(settings.identity_format, 'demo-') ?? 'demo-1');
  const [chosen, setChosen] = useState({ filter: devices.filter, ids: None });
  const [isMaking, setMaking] = useState(false);
  const [menu, setMenu] = useState<{ device: ListedIdentity; target: HTMLElement }>();

  const go = useCallback(
    (change: Partial<Record<keyof IdentitySearch, unknown>>, replace = false) =>
      void navigate({ search: (now) => identitySearch({ ...now, ...change }), replace }),
    [navigate],
  );
  // What is selected belongs to the list that it was selected in, however one came to another: "all that match" would else be others.
  const selected = chosen.filter === devices.filter ? chosen.ids : None;
  const setSelected = useCallback((ids: ReadonlySet<string>) => setChosen({ filter: devices.filter, ids }), [devices.filter]);
  const onFilter = useCallback((q: string, isStep: boolean) => go({ q }, !isStep), [go]);
  const onTag = useCallback((tag: string | undefined) => go({ tag }), [go]);
  const onMenu = useCallback((device: ListedIdentity, target: HTMLElement) => setMenu({ device, target }), []);

  const aliases = shownAliases(search).join('\n');
  const { resources } = settings;
  const columns = useMemo(
    () =>
      deviceColumns({
        connector,
        aliases: aliases === '' ? [] : aliases.split('\n'),
        resources,
        tag: search.tag,
        tagMenu: <TagColumnMenu connector={connector} tag={search.tag} onChoose={onTag} />,
        onMenu: may ? onMenu : undefined,
      }),
    [connector, aliases, resources, search.tag, onTag, may, onMenu],
  );
  const hide = search.hide?.join('\n');
  const hidden = useMemo(
    () => Object.fromEntries((hide ?? '').split('\n').map((id) => [id, id !== 'tags' || search.tag === undefined])),
    [hide, search.tag],
  );
  const sort = useMemo(
    () => [search.order === 'identity' ? { id: 'identity', desc: false } : { id: 'lastseen', desc: true }],
    [search.order],
  );

  const { rows, error } = devices;
  const isFiltered = devices.filter !== '';
  // What else the app does not take, such as a page that is no more, is no fault of the filter.
  const refused = isFiltered && rows.length === 0 && error instanceof ApiError && error.status === 400 ? sentenceOf(error) : '';
  const isEmpty = !devices.isWaiting && !devices.isOld && error === null && rows.length === 0 && !devices.hasMore;
  const isNew =
    !isFiltered &&
    !devices.isWaiting &&
    !devices.isOld &&
    error === null &&
    !devices.hasMore &&
    rows.every(({ identity }) => identity === sample);
  // Asked for once the rows are there: it must not hold them up.
  const total = useTotal(connector, devices);

  return (
    <>
      <PageHeader
        title="Devices"
        beside={!isEmpty && <DeviceCount connector={connector} filter={devices.filter} isReady={rows.length > 0} />}
      >
        <span className={styles.actions}>
          <Button
            icon={<ArrowClockwiseRegular />}
            disabledFocusable={devices.isRefreshing}
            onClick={() => void devices.refresh()}
            aria-label="Refresh"
            title="Refresh"
          />
          <ColumnsMenu
            shown={[...Usual.filter((id) => !(search.hide ?? []).includes(id)), ...(search.show ?? [])]}
            aliases={[...new Set([...Object.keys(resources), ...shownAliases(search)])]}
            onChange={(shown) => void navigate({ search: withColumns(search, Usual, shown), replace: true })}
          />
          {may && (
            <>
              {!isEmpty && <SimulateButton connector={connector} />}
              <Button icon={<AddRegular />} appearance="primary" onClick={() => setMaking(true)}>
                New device(s)
              </Button>
            </>
          )}
        </span>
      </PageHeader>
      <FilterBar connector={connector} value={search.q ?? ''} tag={search.tag} problem={refused} onChange={onFilter} />
      {search.tag !== undefined && (
        <MessageBar intent="info" layout="multiline" style={{ marginBottom: '8px', flexShrink: 0 }}>
          <MessageBarBody>
            Only devices with the tag <b>{search.tag}</b>, with its values.
          </MessageBarBody>
          <MessageBarActions>
            <Button size="small" onClick={() => onTag(undefined)}>
              Show all devices
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {error !== null && refused === '' && (
        <MessageBar intent="error" layout="multiline" style={{ marginBottom: '8px', flexShrink: 0 }}>
          <MessageBarBody>
            <MessageBarTitle>{rows.length === 0 ? 'The devices cannot be shown.' : 'The list could not be read on.'}</MessageBarTitle>
            {sentenceOf(error)}
          </MessageBarBody>
          <MessageBarActions>
            <Button onClick={() => void devices.refresh()}>Try again</Button>
          </MessageBarActions>
        </MessageBar>
      )}
      <NotRenewed query={{ data: rows, error: devices.staleError }}>
        <Button size="small" onClick={() => void devices.refresh()}>
          Try again
        </Button>
      </NotRenewed>
      {selected.size > 0 && (
        <Suspense>
          <SelectionBar
            connector={connector}
            settings={settings}
            selected={selected}
            rows={rows.length}
            hasMore={devices.hasMore}
            filter={devices.filter}
            total={total}
            onDone={() => {
              setSelected(None);
              void devices.refresh();
            }}
            onClear={() => setSelected(None)}
          />
        </Suspense>
      )}
      {devices.isWaiting && error === null && <Waiting label="Loading devices" />}
      {isEmpty && isFiltered && (
        <EmptyState
          title={search.tag === undefined ? 'No device passes this filter' : `No device with the tag ${search.tag} passes this filter`}
        >
          {search.tag !== undefined && search.q !== undefined && (
            <Text>Text without a name finds values of {search.tag} that begin with it, and none that hold it further on.</Text>
          )}
          <Button onClick={() => void navigate({ search: identitySearch({ ...search, q: '', tag: '' }) })}>Clear the filter</Button>
        </EmptyState>
      )}
      {isNew && (
        <Suspense fallback={<Waiting />}>
          <FirstSteps
            connector={connector}
            settings={settings}
            sample={sample}
            isEmpty={isEmpty}
            onNew={() => setMaking(true)}
            onArrival={() => void devices.refresh()}
          />
        </Suspense>
      )}
      {(rows.length > 0 || devices.hasMore) && (
        <div className={devices.isOld ? styles.old : styles.list}>
          <DataTable
            label="Devices"
            columns={columns}
            rows={rows}
            rowId={idOf}
            isSorted
            sort={sort}
            onSort={([by]) => go({ order: by?.id === 'identity' ? 'identity' : '' })}
            hidden={hidden}
            selected={may ? selected : undefined}
            onSelect={setSelected}
            onOpen={({ identity }) => void navigate({ to: '/connectors/$connector/devices/$identity', params: { connector, identity } })}
            onSight={devices.onSight}
            onEnd={devices.hasMore ? devices.loadMore : undefined}
            below={devices.isLoadingMore ? <Text role="status">Loading more</Text> : undefined}
            total={total}
          />
        </div>
      )}
      <Suspense>
        {menu && (
          <RowMenu
            connector={connector}
            device={menu.device}
            target={menu.target}
            onClose={() => setMenu(undefined)}
            onChanged={() => devices.renewOne(menu.device.identity)}
            onGone={devices.refresh}
          />
        )}
        {isMaking && (
          <NewDevicesDialog
            connector={connector}
            settings={settings}
            onClose={() => setMaking(false)}
            onMade={() => void devices.refresh()}
          />
        )}
      </Suspense>
    </>
  );
}

function useTotal(connector: string, { rows, hasMore, filter }: ReturnType<typeof useDevices>): number | undefined {
  const count = useQuery({ ...countQuery(connector, filter), enabled: false });
  return hasMore ? count.data?.count : rows.length;
}
