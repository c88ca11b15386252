import { Button, Field, makeStyles, SearchBox } from '@fluentui/react-components';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { AppDialog } from '../../components/AppDialog';
import { DataTable } from '../../components/table/DataTable';

interface Named {
  apiId: string;
  name: string;
}

const Columns: ColumnDef<Named>[] = [
  { id: 'name', accessorKey: 'name', header: 'Name' },
  { id: 'id', accessorKey: 'apiId', header: 'Id', meta: { minWidth: 160 } },
];

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', height: '50vh', minHeight: '280px' },
});

/** Finds a connector among many. */
export function ConnectorSearchDialog({
  connectors,
  onClose,
  onChoose,
}: {
  connectors: readonly Named[];
  onClose: () => void;
  onChoose: (connector: string) => unknown;
}) {
  const styles = useStyles();
  const [text, setText] = useState('');
  const found = useMemo(() => {
    const wanted = text.toLowerCase();
    return connectors.filter(({ apiId, name }) => name.toLowerCase().includes(wanted) || apiId.includes(wanted));
  }, [connectors, text]);
  const choose = ({ apiId }: Named) => {
    onChoose(apiId);
    onClose();
  };

  return (
    <AppDialog title="Find a connector" onClose={onClose} actions={<Button onClick={onClose}>Close</Button>}>
      <Field label="Name or id">
        <SearchBox value={text} onChange={(_, { value }) => setText(value)} />
      </Field>
      <div className={styles.list}>
        <DataTable
          label="Connectors"
          columns={Columns}
          rows={found}
          rowId={({ apiId }) => apiId}
          onOpen={choose}
          below={found.length === 0 ? 'No connector has this name.' : undefined}
        />
      </div>
    </AppDialog>
  );
}
