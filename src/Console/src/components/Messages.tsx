import { Toast, ToastBody, Toaster, ToastTitle, useId, useToastController } from '@fluentui/react-components';
import { createContext, use, useMemo, type ReactNode } from 'react';
import { sentenceOf } from '../api/errors';

interface Said {
  /** Says that something was done; beside it may stand what to do next, such as a link. */
  done: (what: string, next?: ReactNode) => void;
  /** Says that something went wrong; it stays until it is closed. */
  failed: (what: string, error: unknown) => void;
}

const MessagesContext = createContext<Said | undefined>(undefined);

/** Short messages in a corner, read out by screen readers. */
export function Messages({ children }: { children: ReactNode }) {
  const toaster = useId('messages');
  const { dispatchToast } = useToastController(toaster);
  const said = useMemo<Said>(
    () => ({
      done: (what, next) =>
        dispatchToast(
          <Toast>
            <ToastTitle action={<>{next}</>}>{what}</ToastTitle>
          </Toast>,
          { intent: 'success', ...(next === undefined ? {} : { timeout: 10_000, pauseOnHover: true }) },
        ),
      failed: (what, error) =>
        dispatchToast(
          <Toast>
            <ToastTitle>{what}</ToastTitle>
            <ToastBody>{sentenceOf(error)}</ToastBody>
          </Toast>,
          { intent: 'error', timeout: 15_000, pauseOnHover: true },
        ),
    }),
    [dispatchToast],
  );
  return (
    <MessagesContext value={said}>
      {children}
      <Toaster toasterId={toaster} position="bottom-end" />
    </MessagesContext>
  );
}

/** For who has something to say. */
export function useMessages(): Said {
  const said = use(MessagesContext);
  if (said === undefined) {
    throw new Error('There is no place for messages here.');
  }

  return said;
}
