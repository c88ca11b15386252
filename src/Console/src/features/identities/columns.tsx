import type { ColumnDef } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import type { ListedIdentity, Settings } from '../../api/schema';
import { Age } from '../../components/Age';
import { own } from '../../format/own';
import { LockedCell, RowMenuButton, StatusCell, TagsCell, ValueCell } from './cells';
import { IdentityLink } from './IdentityLink';
import { PresenceWord } from './PresenceWord';
import { valueColumn } from './search';

/** Columns that are shown unless they are hidden, by id; the identity always is. */
export const UsualColumns: Record<string, string> = {
  status: 'Status',
  auth: 'Auth type',
  online: 'Online',
  lastseen: 'Last seen',
  lastip: 'Last IP',
  locked: 'Locked',
  devmode: 'Developer mode',
  tags: 'Tags',
};

interface ColumnOptions {
  connector: string;
  aliases: readonly string[];
  resources: Settings['resources'];
  tag: string | undefined;
  /** Menu of the tags in the header. */
  tagMenu: ReactNode;
  /** Undefined for those who may do nothing with a device. */
  onMenu: ((device: ListedIdentity, target: HTMLElement) => void) | undefined;
}

/** The columns of the list of devices. */
export function deviceColumns({ connector, aliases, resources, tag, tagMenu, onMenu }: ColumnOptions): ColumnDef<ListedIdentity>[] {
  const column = (
    id: string,
    minWidth: number,
    cell: (device: ListedIdentity) => ReactNode,
    more: Partial<ColumnDef<ListedIdentity>> = {},
  ) =>
    ({
      id,
      header: UsualColumns[id] ?? id,
      enableSorting: false,
      cell: ({ row }) => cell(row.original),
      ...more,
      meta: { minWidth, ...more.meta },
    }) satisfies ColumnDef<ListedIdentity>;

  return [
    column('identity', 150, ({ identity }) => <IdentityLink connector={connector} identity={identity} isOfRow />, {
      header: 'Identity',
      accessorKey: 'identity',
      enableSorting: true,
      meta: { grow: 2 },
    }),
    column('status', 110, (device) => <StatusCell device={device} />),
    column('auth', 80, ({ auth }) => auth.type),
    column('online', 80, ({ presence }) => <PresenceWord presence={presence} isShort />),
    column('lastseen', 105, ({ lastseen }) => <Age micros={lastseen} />, {
      accessorKey: 'lastseen',
      enableSorting: true,
      sortDescFirst: true,
    }),
    column('lastip', 105, ({ lastip }) => <span title={lastip}>{lastip || '–'}</span>),
    column('locked', 80, ({ locked }) => <LockedCell isLocked={locked} />),
    column('devmode', 75, ({ devmode }) => (devmode ? 'yes' : 'no'), { header: 'Dev mode' }),
    column('tags', 120, ({ tags }) => <TagsCell tags={tags} chosen={tag} />, {
      header: tag ?? 'Tags',
      meta: { beside: tagMenu },
    }),
    ...aliases.map((alias) =>
      column(valueColumn(alias), 130, ({ state }) => <ValueCell entry={own(state ?? {}, alias)} resource={own(resources, alias)} />, {
        header: alias,
      }),
    ),
    ...(onMenu === undefined
      ? []
      : [
          column('menu', 48, (device) => <RowMenuButton identity={device.identity} onOpen={(target) => onMenu(device, target)} />, {
            header: () => <span style={{ position: 'absolute', clipPath: 'inset(50%)' }}>Actions</span>,
            meta: { grow: 0 },
          }),
        ]),
  ];
}
