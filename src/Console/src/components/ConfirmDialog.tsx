import { Button, Field, Input } from '@fluentui/react-components';
import { useState, type ReactNode } from 'react';
import { AppDialog } from './AppDialog';
import { useMessages } from './Messages';

interface ConfirmDialogProps {
  title: string;
  children: ReactNode;
  /** What the button says that does it. */
  action: string;
  /** What must be typed first, for what cannot be undone. */
  typed?: string;
  onConfirm: () => Promise<unknown>;
  /** Ends what goes on since it was confirmed; absent where that cannot be. */
  onCancel?: () => void;
  onClose: () => void;
}

/** Asks before something is done. It stays until that is done. */
export function ConfirmDialog({ title, children, action, typed, onConfirm, onCancel, onClose }: ConfirmDialogProps) {
  const [text, setText] = useState('');
  const [isBusy, setBusy] = useState(false);
  const messages = useMessages();
  const isReady = typed === undefined || text === typed;

  const submit = async () => {
    if (!isReady) {
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
    <AppDialog
      title={title}
      isBusy={isBusy}
      onSubmit={submit}
      onClose={onClose}
      actions={
        <>
          <Button onClick={isBusy ? onCancel : onClose} disabledFocusable={isBusy && onCancel === undefined}>
            Cancel
          </Button>
          <Button type="submit" appearance="primary" disabledFocusable={!isReady || isBusy}>
            {action}
          </Button>
        </>
      }
    >
      <div>{children}</div>
      {typed !== undefined && (
        <Field label={`Type "${typed}" to go on`}>
          <Input value={text} onChange={(_, { value }) => setText(value)} autoComplete="off" />
        </Field>
      )}
    </AppDialog>
  );
}
