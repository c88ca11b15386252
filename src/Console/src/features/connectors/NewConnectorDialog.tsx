import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from '@fluentui/react-components';
import type { SubmitEvent } from 'react';
import { ConnectorNameField } from './ConnectorNameField';
import { useNewConnector } from './newConnector';

/** Makes a connector. Only a key for all connectors may. */
export function NewConnectorDialog({ onClose, onMade }: { onClose: () => void; onMade: (connector: string) => Promise<void> }) {
  const form = useNewConnector(async (connector) => {
    await onMade(connector);
    onClose();
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    form.make();
  };

  return (
    <Dialog open onOpenChange={(_, { open }) => !open && onClose()}>
      <DialogSurface>
        <form onSubmit={submit}>
          <DialogBody>
            <DialogTitle>New connector</DialogTitle>
            <DialogContent>
              <ConnectorNameField form={form} />
            </DialogContent>
            <DialogActions>
              <Button onClick={onClose}>Cancel</Button>
              <Button type="submit" appearance="primary" disabledFocusable={!form.isReady}>
                Make connector
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
