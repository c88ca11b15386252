import { Button } from '@fluentui/react-components';
import { AppDialog } from '../../components/AppDialog';
import { ConnectorNameField } from './ConnectorNameField';
import { useNewConnector } from './newConnector';

/** Makes a connector. Only a key for all connectors may. */
export function NewConnectorDialog({ onClose, onMade }: { onClose: () => void; onMade: (connector: string) => Promise<void> }) {
  const form = useNewConnector(async (connector) => {
    await onMade(connector);
    onClose();
  });
  return (
    <AppDialog
      title="New connector"
      isBusy={form.isBusy}
      onSubmit={form.make}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose} disabledFocusable={form.isBusy}>
            Cancel
          </Button>
          <Button type="submit" appearance="primary" disabledFocusable={!form.isReady}>
            Make connector
          </Button>
        </>
      }
    >
      <ConnectorNameField form={form} />
    </AppDialog>
  );
}
