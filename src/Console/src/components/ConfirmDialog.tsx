import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
} from '@fluentui/react-components';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import { useMessages } from './Messages';

interface ConfirmDialogProps {
  title: string;
  children: ReactNode;
  /** What the button says that does it. */
  action: string;
  /** What must be typed first, for what cannot be undone. */
  typed?: string;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
}

/** Asks before something is done. */
export function ConfirmDialog({ title, children, action, typed, onConfirm, onClose }: ConfirmDialogProps) {
  const [text, setText] = useState('');
  const [isBusy, setBusy] = useState(false);
  const messages = useMessages();
  const isReady = typed === undefined || text === typed;

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!isReady || isBusy) {
      return;
    }

    setBusy(true);
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      messages.failed(`${action}: this did not work`, error);
      setBusy(false);
    }
  };

  return (
    <Dialog open onOpenChange={(_, { open }) => !open && onClose()}>
      <DialogSurface>
        <form onSubmit={submit}>
          <DialogBody>
            <DialogTitle>{title}</DialogTitle>
            <DialogContent>
              {children}
              {typed !== undefined && (
                <Field label={`Type "${typed}" to go on`} style={{ marginTop: '12px' }}>
                  <Input value={text} onChange={(_, { value }) => setText(value)} autoComplete="off" />
                </Field>
              )}
            </DialogContent>
            <DialogActions>
              <Button onClick={onClose}>Cancel</Button>
              <Button type="submit" appearance="primary" disabledFocusable={!isReady || isBusy}>
                {action}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
