import { Badge, Button, makeStyles, MessageBar, MessageBarBody, Text, tokens } from '@fluentui/react-components';
import { AddRegular, ArrowDownloadRegular, ArrowUploadRegular, DeleteRegular, EditRegular } from '@fluentui/react-icons';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ColumnDef } from '@tanstack/react-table';
import { Suspense, useMemo, useState } from 'react';
import { api } from '../../api/client';
import { AddressSearchBox } from '../../components/AddressSearchBox';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { deferredDialog } from '../../components/deferred';
import { EmptyState } from '../../components/EmptyState';
import { loadPart } from '../../components/loadPart';
import { useMessages } from '../../components/Messages';
import { PageHeader } from '../../components/PageHeader';
import { useRowTabIndex } from '../../components/table/DataRow';
import { DataTable } from '../../components/table/DataTable';
import { countText, pluralText } from '../../format/count';
import { saveText } from '../../format/saveFile';
import { useMay } from '../access/operator';
import { allowedText } from '../state/values';
import { settingsQuery } from './connectors';
import { listResources, type NamedResource } from './resources';
import { resourceSearch } from './resourceSearch';
import { useSettings } from './settings';

const ResourceDialog = deferredDialog(async () => (await import('./ResourceDialog')).ResourceDialog);
const ResourceImportDialog = deferredDialog(async () => (await import('./ResourceImportDialog')).ResourceImportDialog);

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS, marginBottom: tokens.spacingVerticalM },
  search: { flexGrow: 1, maxWidth: '360px', minWidth: '160px' },
  count: { color: tokens.colorNeutralForeground2 },
  buttons: { display: 'flex' },
});

/** What is allowed where nothing is said of it. */
const Anything = 'anything';

type Asked = { what: 'new' | 'import' } | { what: 'edit' | 'delete'; resource: NamedResource };

/** The resources of a connector. */
export function ResourcesPage() {
  const styles = useStyles();
  const navigate = useNavigate({ from: '/connectors/$connector/resources' });
  const { q = '', sort = 'alias', desc = false } = useSearch({ from: '/inside/connectors/$connector/resources' });
  const { connector, settings } = useSettings();
  const cache = useQueryClient();
  const messages = useMessages();
  const isAdmin = useMay('admin');
  const [asked, setAsked] = useState<Asked>();

  const all = useMemo(() => listResources(settings.resources), [settings.resources]);
  const shown = useMemo(() => {
    const wanted = q.toLowerCase();
    return all.filter(({ alias, unit }) => alias.toLowerCase().includes(wanted) || unit.toLowerCase().includes(wanted));
  }, [all, q]);
  const columns = useMemo(() => columnsOf(isAdmin ? setAsked : undefined), [isAdmin]);

  const exportAll = async () => {
    try {
      const { writeYaml } = await loadPart(() => import('./resourcesYaml'));
      const text = writeYaml(Object.entries(settings.resources));
      saveText('resources.yaml', 'application/yaml', text);
      messages.done(`${pluralText(all.length, 'resource was', 'resources were')} written to resources.yaml`);
    } catch (error) {
      messages.failed('The resources were not exported', error);
    }
  };

  const remove = async ({ alias }: NamedResource) => {
    await api.DELETE('/api:1/service/{connector}/device2/resource/{alias}', { params: { path: { connector, alias } } });
    await cache.invalidateQueries({ queryKey: settingsQuery(connector).queryKey });
    messages.done(`${alias} was deleted`);
  };

  const close = () => setAsked(undefined);
  return (
    <>
      <PageHeader title="Resources">
        {isAdmin && (
          <Button appearance="primary" icon={<AddRegular />} onClick={() => setAsked({ what: 'new' })}>
            New resource
          </Button>
        )}
        {isAdmin && (
          <Button icon={<ArrowUploadRegular />} onClick={() => setAsked({ what: 'import' })}>
            Import
          </Button>
        )}
        <Button icon={<ArrowDownloadRegular />} onClick={exportAll} disabled={all.length === 0}>
          Export
        </Button>
      </PageHeader>
      {!isAdmin && (
        <MessageBar layout="multiline" style={{ marginBottom: '12px' }}>
          <MessageBarBody>Your role may look at resources. Changing them needs the role admin.</MessageBarBody>
        </MessageBar>
      )}
      {all.length === 0 ? (
        <EmptyState title="No resources yet">
          <Text>
            A resource is a value that each device of the connector has under one alias, such as <code>temperature</code>. What a device
            writes to an alias that is not defined is shown in the log, and not kept.
          </Text>
          {isAdmin && (
            <Text>
              Make one with <strong>New resource</strong>, or bring the <code>specs/resources.yaml</code> of the murano command line with{' '}
              <strong>Import</strong>.
            </Text>
          )}
        </EmptyState>
      ) : (
        <>
          <div className={styles.bar}>
            <AddressSearchBox
              className={styles.search}
              aria-label="Search aliases and units"
              placeholder="Search aliases and units"
              value={q}
              onSearch={(text) => void navigate({ search: (before) => resourceSearch({ ...before, q: text }), replace: true })}
            />
            <Text className={styles.count} role="status">
              {`${q === '' ? '' : `${countText(shown.length)} of `}${pluralText(all.length, 'resource')}`}
            </Text>
          </div>
          <DataTable
            label="Resources"
            columns={columns}
            rows={shown}
            rowId={({ alias }) => alias}
            sort={[{ id: sort, desc }]}
            onSort={([order]) =>
              navigate({
                search: (before) => resourceSearch({ ...before, sort: order?.id === 'alias' ? undefined : order?.id, desc: order?.desc }),
                replace: true,
              })
            }
            onOpen={isAdmin ? (resource) => setAsked({ what: 'edit', resource }) : undefined}
            below={shown.length === 0 ? 'No alias and no unit has this in it.' : undefined}
          />
        </>
      )}
      <Suspense>
        {asked?.what === 'new' && <ResourceDialog connector={connector} onClose={close} />}
        {asked?.what === 'edit' && <ResourceDialog connector={connector} resource={asked.resource} onClose={close} />}
        {asked?.what === 'import' && <ResourceImportDialog connector={connector} onClose={close} />}
      </Suspense>
      {asked?.what === 'delete' && (
        <ConfirmDialog title={`Delete ${asked.resource.alias}?`} action="Delete" onConfirm={() => remove(asked.resource)} onClose={close}>
          Devices can write it no longer, and its values are shown no longer. What devices have stored stays in storage, and shows again
          when the alias is defined again.
        </ConfirmDialog>
      )}
    </>
  );
}

function columnsOf(ask: ((asked: Asked) => void) | undefined): ColumnDef<NamedResource>[] {
  const columns: ColumnDef<NamedResource>[] = [
    {
      id: 'alias',
      accessorKey: 'alias',
      header: 'Alias',
      meta: { minWidth: 160, grow: 2 },
      cell: ({ row: { original } }) => <Clipped text={original.alias} />,
    },
    {
      id: 'unit',
      accessorKey: 'unit',
      header: 'Unit',
      meta: { minWidth: 80 },
      cell: ({ row: { original } }) => <Clipped text={original.unit} />,
    },
    { id: 'format', accessorKey: 'format', header: 'Format', meta: { minWidth: 90 } },
    {
      id: 'allowed',
      accessorFn: (resource) => allowedText(resource) || Anything,
      header: 'Allowed values',
      meta: { minWidth: 150, grow: 2 },
      cell: ({ row: { original } }) => <Clipped text={allowedText(original) || Anything} />,
    },
    {
      id: 'settable',
      accessorKey: 'settable',
      header: 'Modify from the cloud',
      meta: { minWidth: 170 },
      cell: ({ row: { original } }) => (original.settable ? <Badge appearance="tint">Yes</Badge> : 'No'),
    },
    {
      id: 'sync',
      accessorKey: 'sync',
      header: 'Sync',
      meta: { minWidth: 70 },
      cell: ({ row: { original } }) => (original.sync ? 'On' : 'Off'),
    },
    {
      id: 'initial',
      accessorFn: ({ initial }) => (initial === undefined ? '' : String(initial)),
      header: 'Initial',
      meta: { minWidth: 100 },
      cell: ({ row: { original } }) => <Clipped text={original.initial === undefined ? '' : String(original.initial)} />,
    },
  ];
  if (ask !== undefined) {
    columns.push({
      id: 'actions',
      header: 'Actions',
      enableSorting: false,
      meta: { minWidth: 90, grow: 0 },
      cell: ({ row: { original } }) => <RowButtons resource={original} ask={ask} />,
    });
  }

  return columns;
}

const Clipped = ({ text }: { text: string }) => <span title={text}>{text}</span>;

function RowButtons({ resource, ask }: { resource: NamedResource; ask: (asked: Asked) => void }) {
  const styles = useStyles();
  const tabIndex = useRowTabIndex();
  return (
    // The row opens by a click too; a button in it is for its own thing alone.
    <span className={styles.buttons} onClick={(event) => event.stopPropagation()}>
      <Button
        size="small"
        appearance="subtle"
        icon={<EditRegular />}
        aria-label={`Edit ${resource.alias}`}
        tabIndex={tabIndex}
        onClick={() => ask({ what: 'edit', resource })}
      />
      <Button
        size="small"
        appearance="subtle"
        icon={<DeleteRegular />}
        aria-label={`Delete ${resource.alias}`}
        tabIndex={tabIndex}
        onClick={() => ask({ what: 'delete', resource })}
      />
    </span>
  );
}
