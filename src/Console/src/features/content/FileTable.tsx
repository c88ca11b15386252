import { makeStyles, tokens } from '@fluentui/react-components';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, type ReactNode } from 'react';
import { DataTable } from '../../components/table/DataTable';
import { RowLink } from '../../components/table/RowLink';
import { sizeText } from '../../format/size';
import { timeText } from '../../format/time';
import { folderOf, ownerOf, tagsText, uploadedAt, type FileItem } from './files';

const useStyles = makeStyles({ hash: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 } });

interface FileTableProps {
  connector: string;
  files: readonly FileItem[];
  /** The one device whose files they are. */
  identity?: string;
  /** Chosen ids; undefined for who may not change anything. */
  selected: ReadonlySet<string> | undefined;
  onSelect: (selected: ReadonlySet<string>) => void;
  onOpen: (file: FileItem) => void;
  onEnd: (() => void) | undefined;
  below: ReactNode;
}

/** Files as a table. */
export function FileTable({ connector, files, identity, selected, onSelect, onOpen, onEnd, below }: FileTableProps) {
  const styles = useStyles();
  const columns = useMemo((): ColumnDef<FileItem>[] => {
    const folder = identity === undefined ? '' : folderOf(identity);
    const device: ColumnDef<FileItem> = {
      id: 'device',
      header: 'Device',
      meta: { minWidth: 140 },
      cell: ({ row }) => <OwnerLink connector={connector} id={row.original.id} />,
    };
    return [
      {
        id: 'id',
        header: identity === undefined ? 'Id' : 'Name',
        meta: { minWidth: 200, grow: 2 },
        cell: ({ row: { original } }) => <span title={original.id}>{original.id.slice(folder.length)}</span>,
      },
      { id: 'type', header: 'Type', meta: { minWidth: 140 }, cell: ({ row }) => row.original.type },
      { id: 'size', header: 'Size', meta: { minWidth: 80, grow: 0 }, cell: ({ row }) => sizeText(row.original.length) },
      { id: 'time', header: 'Uploaded', meta: { minWidth: 170, grow: 0 }, cell: ({ row }) => timeText(uploadedAt(row.original)) },
      ...(identity === undefined ? [device] : []),
      {
        id: 'sha256',
        header: 'SHA-256',
        meta: { minWidth: 110, grow: 0 },
        cell: ({ row: { original } }) =>
          original.sha256 === undefined ? (
            'not known'
          ) : (
            <span className={styles.hash} title={original.sha256}>
              {original.sha256.slice(0, 10)}…
            </span>
          ),
      },
      {
        id: 'tags',
        header: 'Tags',
        meta: { minWidth: 120 },
        cell: ({ row }) => <span title={tagsText(row.original.tags)}>{tagsText(row.original.tags)}</span>,
      },
    ];
  }, [connector, identity, styles.hash]);

  return (
    <DataTable
      label="Files"
      columns={columns}
      rows={files}
      rowId={({ id }) => id}
      selected={selected}
      onSelect={onSelect}
      onOpen={onOpen}
      onEnd={onEnd}
      below={below}
    />
  );
}

/** The device that uploaded a file, as a link to its files. */
export function OwnerLink({ connector, id }: { connector: string; id: string }) {
  const identity = ownerOf(id);
  return identity === undefined ? null : (
    <RowLink to="/connectors/$connector/devices/$identity/files" params={{ connector, identity }}>
      {identity}
    </RowLink>
  );
}
