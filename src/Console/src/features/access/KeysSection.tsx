import { Badge, Button, makeStyles, Subtitle1, Text, tokens } from '@fluentui/react-components';
import { AddRegular, DeleteRegular } from '@fluentui/react-icons';
import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ColumnDef } from '@tanstack/react-table';
import { Suspense, useMemo, useState } from 'react';
import { api } from '../../api/client';
import type { Key } from '../../api/schema';
import { Age } from '../../components/Age';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { deferredDialog } from '../../components/deferred';
import { useMessages } from '../../components/Messages';
import { Problem } from '../../components/Problem';
import { useRowTabIndex } from '../../components/table/DataRow';
import { DataTable } from '../../components/table/DataTable';
import { Waiting } from '../../components/Waiting';
import { useNow } from '../../format/useNow';
import { connectorsQuery } from '../connectors/connectors';
import { keysQuery } from './keys';
import { useMay } from './operator';
import { ownKeyId } from './session';

const NewKeyDialog = deferredDialog(async () => (await import('./NewKeyDialog')).NewKeyDialog);

const useStyles = makeStyles({
  header: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    marginBottom: tokens.spacingVerticalM,
  },
  title: { flexGrow: 1, margin: 0 },
  about: { marginBottom: tokens.spacingVerticalM },
});

/** API keys: who may do what, and until when. */
export function KeysSection() {
  const styles = useStyles();
  const { connector } = useParams({ from: '/inside/connectors/$connector' });
  const isAdmin = useMay('admin');
  const cache = useQueryClient();
  const messages = useMessages();
  const connectors = useSuspenseQuery(connectorsQuery).data;
  const { data: keys, error, refetch } = useQuery({ ...keysQuery, enabled: isAdmin });
  const [asked, setAsked] = useState<'new' | Key>();
  const columns = useMemo(() => columnsOf(new Map(connectors.map(({ apiId, name }) => [apiId, name])), ownKeyId(), setAsked), [connectors]);

  const revoke = async ({ id, name }: Key) => {
    await api.DELETE('/api:1/key/{key}', { params: { path: { key: id } } });
    messages.done(`The key ${name} was revoked`);
    await cache.invalidateQueries({ queryKey: keysQuery.queryKey });
  };

  return (
    <>
      <div className={styles.header}>
        <Subtitle1 as="h2" className={styles.title}>
          API keys
        </Subtitle1>
        {isAdmin && (
          <Button appearance="primary" icon={<AddRegular />} onClick={() => setAsked('new')}>
            New key
          </Button>
        )}
      </div>
      <Text className={styles.about}>
        A key lets a person or a program in. A viewer reads; an operator also changes devices; an admin also changes settings, resources,
        connectors and keys.
      </Text>
      {!isAdmin ? (
        <Text>Your role may not see keys. It needs the role admin.</Text>
      ) : error !== null ? (
        <Problem error={error} reset={() => void refetch()} />
      ) : keys === undefined ? (
        <Waiting />
      ) : (
        <DataTable
          label="API keys"
          columns={columns}
          rows={keys}
          rowId={({ id }) => id}
          below={keys.length === 0 ? 'There are no keys within your scope.' : undefined}
        />
      )}
      <Suspense>
        {asked === 'new' && <NewKeyDialog connector={connector} connectors={connectors} onClose={() => setAsked(undefined)} />}
      </Suspense>
      {typeof asked === 'object' && (
        <ConfirmDialog title={`Revoke ${asked.name}?`} action="Revoke" onConfirm={() => revoke(asked)} onClose={() => setAsked(undefined)}>
          Whoever uses this key is shut out at once, and its sessions end. A revoked key does not come back.
          {asked.id === ownKeyId() && ' This is the key that you are signed in with: you will be signed out.'}
        </ConfirmDialog>
      )}
    </>
  );
}

function columnsOf(names: ReadonlyMap<string, string>, own: string | undefined, ask: (key: Key) => void): ColumnDef<Key>[] {
  const namesOf = ({ connectors }: Key) =>
    connectors === null ? 'All connectors' : connectors.map((one) => names.get(one) ?? one).join(', ');
  return [
    {
      id: 'name',
      header: 'Name',
      meta: { minWidth: 160, grow: 2 },
      cell: ({ row: { original } }) => (
        <span title={`${original.name}, id ${original.id}`}>
          {original.name} {original.id === own && <Badge appearance="tint">You</Badge>}
        </span>
      ),
    },
    { id: 'role', accessorKey: 'role', header: 'Role', meta: { minWidth: 90 } },
    {
      id: 'connectors',
      header: 'Connectors',
      meta: { minWidth: 150, grow: 2 },
      cell: ({ row: { original } }) => <span title={namesOf(original)}>{namesOf(original)}</span>,
    },
    { id: 'created', header: 'Made', meta: { minWidth: 110 }, cell: ({ row: { original } }) => <Age micros={original.created} /> },
    { id: 'lastused', header: 'Last used', meta: { minWidth: 110 }, cell: ({ row: { original } }) => <Age micros={original.lastused} /> },
    {
      id: 'expires',
      header: 'Expires',
      meta: { minWidth: 130 },
      cell: ({ row: { original } }) => <Expiry micros={original.expires} />,
    },
    {
      id: 'actions',
      header: 'Actions',
      meta: { minWidth: 80, grow: 0 },
      cell: ({ row: { original } }) => <RevokeButton name={original.name} onClick={() => ask(original)} />,
    },
  ];
}

function Expiry({ micros }: { micros: number }) {
  const now = useNow();
  return micros > 0 && micros < now * 1000 ? <Badge color="danger">Expired</Badge> : <Age micros={micros} isAhead />;
}

function RevokeButton({ name, onClick }: { name: string; onClick: () => void }) {
  const tabIndex = useRowTabIndex();
  return (
    <Button size="small" appearance="subtle" icon={<DeleteRegular />} aria-label={`Revoke ${name}`} tabIndex={tabIndex} onClick={onClick} />
  );
}
