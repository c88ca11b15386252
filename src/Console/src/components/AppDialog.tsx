import {
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  mergeClasses,
  tokens,
} from '@fluentui/react-components';
import { createContext, use, useCallback, useEffect, useState, type ReactNode, type SubmitEvent } from 'react';
import { goBack, keepWay, uncover, wayBack } from './focus';

/** Told whether work goes on in the dialog. */
const Busy = createContext<(isBusy: boolean) => void>(() => undefined);

// Here the whole dialog is scrolled: beside title and buttons there would be no room for anything else.
const Low = '@media screen and (max-height: 359px)';

const useStyles = makeStyles({
  surface: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    overflowY: 'auto',
    // Of the window. Units of its height are behind for a moment when it changes.
    maxHeight: '100%',
  },
  wide: { maxWidth: '720px' },
  form: { display: 'flex', flexDirection: 'column', minHeight: 0, [Low]: { flexShrink: 0 } },
  // What does not fit is scrolled between the title and the buttons.
  body: { maxHeight: 'none', minHeight: 0, [Low]: { flexShrink: 0 } },
  title: { overflowWrap: 'anywhere', minWidth: 0 },
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, '& > *': { flexShrink: 0 } },
  actions: { flexWrap: 'wrap', marginTop: tokens.spacingVerticalS },
});

interface DialogFrameProps {
  /** Interrupts: it is read out at once, and a click beside it does not close it. */
  isAlert?: boolean;
  /** Only its buttons close it. */
  isKept?: boolean;
  isWide?: boolean;
  onClose: () => void;
  children: ReactNode;
}

interface DialogFormProps {
  title?: ReactNode;
  children: ReactNode;
  /** The buttons. */
  actions: ReactNode;
  /** While work goes on, only the buttons close the dialog, and nothing is submitted. */
  isBusy?: boolean;
  /** For what is filled in. */
  onSubmit?: (() => unknown) | undefined;
}

/** The one dialog of the page. When it goes, the focus goes back to what opened it, or to what is near that. */
export const AppDialog = ({ title, actions, isBusy, onSubmit, children, ...frame }: DialogFrameProps & DialogFormProps) => (
  <DialogFrame {...frame}>
    <DialogForm title={title} actions={actions} isBusy={isBusy ?? false} onSubmit={onSubmit}>
      {children}
    </DialogForm>
  </DialogFrame>
);

/** A dialog whose content is made of parts. */
export function DialogFrame({ isAlert = false, isKept = false, isWide = false, onClose, children }: DialogFrameProps) {
  const styles = useStyles();
  const [isBusy, setBusy] = useState(false);
  // Before the dialog takes the focus.
  const [way] = useState(wayBack);
  const keep = useCallback(
    (surface: Element | null) => {
      if (surface !== null) {
        keepWay(surface, way);
      }
    },
    [way],
  );
  // Later: what holds the focus in the dialog lets go of it when the dialog is no longer there.
  useEffect(
    () => () =>
      void setTimeout(() => {
        uncover();
        goBack(way);
      }),
    [way],
  );

  return (
    <Dialog
      open
      modalType={isAlert ? 'alert' : 'modal'}
      onOpenChange={(_, { open }) => {
        if (!open && !isKept && !isBusy) {
          onClose();
        }
      }}
    >
      <DialogSurface ref={keep} className={mergeClasses(styles.surface, isWide && styles.wide)}>
        <Busy value={setBusy}>{children}</Busy>
      </DialogSurface>
    </Dialog>
  );
}

/** Title, content and buttons within a dialog; a form where something is submitted. */
export function DialogForm({ title, children, actions, isBusy = false, onSubmit }: DialogFormProps) {
  const styles = useStyles();
  const setBusy = use(Busy);
  useEffect(() => {
    setBusy(isBusy);
    return () => setBusy(false);
  }, [setBusy, isBusy]);

  const body = (
    <DialogBody className={styles.body}>
      {title !== undefined && <DialogTitle className={styles.title}>{title}</DialogTitle>}
      <DialogContent className={styles.content}>{children}</DialogContent>
      <DialogActions fluid className={styles.actions}>
        {actions}
      </DialogActions>
    </DialogBody>
  );
  if (onSubmit === undefined) {
    return body;
  }

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    // A form around the dialog is none of its business.
    event.stopPropagation();
    if (!isBusy) {
      void onSubmit();
    }
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {body}
    </form>
  );
}
