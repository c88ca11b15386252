import { Button, makeStyles } from '@fluentui/react-components';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, type ReactNode } from 'react';
import { csvTable } from '../format/csv';
import { AppDialog } from './AppDialog';
import { SaveResults } from './SaveResults';
import { DataTable } from './table/DataTable';

/** What became of one of several things that were worked on. */
export interface Result {
  id: string;
  /** Stands for the id where people would not know it. */
  name?: string;
  result: string;
  /** Why, where it is not as it was meant; or empty. */
  problem: string;
}

const useStyles = makeStyles({ table: { display: 'flex', flexDirection: 'column', height: '300px' } });

const Columns: ColumnDef<Result>[] = [
  {
    id: 'name',
    header: 'Name',
    meta: { minWidth: 160, grow: 2 },
    cell: ({ row: { original } }) => <span title={original.id}>{original.name ?? original.id}</span>,
  },
  { id: 'result', accessorKey: 'result', header: 'Result', meta: { minWidth: 110 } },
  {
    id: 'problem',
    header: 'Reason',
    meta: { minWidth: 200, grow: 3 },
    cell: ({ row: { original } }) => <span title={original.problem}>{original.problem}</span>,
  },
];

interface ResultsDialogProps {
  title: string;
  /** Name of the table that can be saved. */
  file: string;
  results: readonly Result[];
  /** All of it in a sentence. */
  children: ReactNode;
  onClose: () => void;
}

/** What became of each of several things, after work on them that was cancelled or did not succeed with all. */
export function ResultsDialog({ title, file, results, children, onClose }: ResultsDialogProps) {
  const styles = useStyles();
  // What went wrong is not looked for among what went well.
  const rows = useMemo(() => results.toSorted((one, other) => Number(one.problem === '') - Number(other.problem === '')), [results]);
  const table = () =>
    csvTable(
      ['id', 'result', 'problem'],
      results.map(({ id, result, problem }) => [id, result, problem]),
    );
  return (
    <AppDialog
      title={title}
      isWide
      onClose={onClose}
      actions={
        <>
          <SaveResults file={file} table={table} />
          <Button appearance="primary" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <div role="status">{children}</div>
      <div className={styles.table}>
        <DataTable label="Results" columns={Columns} rows={rows} rowId={({ id }) => id} isSorted />
      </div>
    </AppDialog>
  );
}
