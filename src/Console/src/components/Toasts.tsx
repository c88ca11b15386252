import { makeStyles, Portal, Toast, ToastBody, Toaster, ToastTitle, useId, useToastController } from '@fluentui/react-components';
import { useEffect, type ReactNode } from 'react';

/** A message that is to be shown. */
export interface Message {
  intent: 'success' | 'error';
  title: string;
  body?: string;
  /** What to do next, such as a link. */
  next?: ReactNode;
}

/** A screen reader hears changes of a place only that was there before; in milliseconds. */
const Pause = 100;

// Fluent's own place for toasts is outside of every landmark. Inline they stand where they are put, and are to be fixed there as well;
// by a selector, as a class of the toaster is handed on to each toast.
const useStyles = makeStyles({ place: { '& [data-toaster-position]': { position: 'fixed' } } });

/** Shows messages; tells `onReady` how to say one as soon as it can. */
export function Toasts({ onReady }: { onReady: (say: (message: Message) => void) => void }) {
  const styles = useStyles();
  const toaster = useId('messages');
  const { dispatchToast } = useToastController(toaster);
  useEffect(() => {
    const say = ({ intent, title, body, next }: Message) =>
      dispatchToast(
        <Toast>
          <ToastTitle action={<>{next}</>}>{title}</ToastTitle>
          {body !== undefined && <ToastBody>{body}</ToastBody>}
        </Toast>,
        {
          intent,
          ...(intent === 'error' && { timeout: 15_000, pauseOnHover: true }),
          ...(next !== undefined && { timeout: 20_000, pauseOnHover: true }),
        },
      );
    const timer = setTimeout(() => onReady(say), Pause);
    return () => clearTimeout(timer);
  }, [dispatchToast, onReady]);
  return (
    <Portal>
      <section aria-label="Messages" className={styles.place}>
        <Toaster inline toasterId={toaster} position="bottom-end" />
      </section>
    </Portal>
  );
}
