import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from '@fluentui/react-components';
import { ConnectorForm } from './ConnectorForm';

/** Makes one more connector. */
export function NewConnectorDialog({ onClose, onMade }: { onClose: () => void; onMade: (connector: string) => Promise<void> }) {
  const go = async (connector: string) => {
    await onMade(connector);
    onClose();
  };

  return (
    <Dialog open onOpenChange={(_, { open }) => !open && onClose()}>
      <DialogSurface>
        <ConnectorForm onMade={go}>
          {(field, canMake) => (
            <DialogBody>
              <DialogTitle>New connector</DialogTitle>
              <DialogContent>{field}</DialogContent>
              <DialogActions>
                <Button onClick={onClose}>Cancel</Button>
                <Button type="submit" appearance="primary" disabledFocusable={!canMake}>
                  Make connector
                </Button>
              </DialogActions>
            </DialogBody>
          )}
        </ConnectorForm>
      </DialogSurface>
    </Dialog>
  );
}
