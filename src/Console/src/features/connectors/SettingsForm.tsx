import { Button, makeStyles, MessageBar, MessageBarBody, Subtitle1, Text, tokens } from '@fluentui/react-components';
import { useBlocker } from '@tanstack/react-router';
import type { ReactNode, SubmitEvent } from 'react';
import { sentenceOf } from '../../api/errors';
import { AppDialog } from '../../components/AppDialog';
import type { Draft, useSave } from './settings';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, maxWidth: '680px' },
  title: { margin: 0 },
  buttons: {
    display: 'flex',
    alignItems: 'center',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    position: 'sticky',
    bottom: 0,
    zIndex: 1,
    paddingBlock: tokens.spacingVerticalM,
    backgroundColor: tokens.colorNeutralBackground2,
  },
});

interface SettingsFormProps {
  title: string;
  /** One or two sentences on what is decided here. */
  about?: ReactNode;
  /** What was typed. */
  draft: Pick<Draft<object>, 'isDirty' | 'reset'>;
  /** Whether it can be saved. */
  isValid?: boolean;
  /** How saving it goes. */
  save: Pick<ReturnType<typeof useSave>, 'isPending' | 'error' | 'reset'>;
  /** Whether the operator's role may change anything here. */
  mayChange: boolean;
  onSave: () => void;
  children: ReactNode;
}

/** A section of the settings: fields, Save and Cancel, and a question to whoever leaves with changes that are not saved. */
export function SettingsForm(props: SettingsFormProps) {
  const { title, about, draft, isValid = true, save, mayChange, onSave, children } = props;
  const { isDirty } = draft;
  const { isPending: isSaving, error } = save;
  const styles = useStyles();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (isDirty && isValid && !isSaving) {
      onSave();
    }
  };

  const cancel = () => {
    draft.reset();
    save.reset();
  };

  return (
    <form className={styles.form} onSubmit={submit} aria-label={title} noValidate>
      <Subtitle1 as="h2" className={styles.title}>
        {title}
      </Subtitle1>
      {about !== undefined && <Text>{about}</Text>}
      {!mayChange && (
        <MessageBar layout="multiline">
          <MessageBarBody>Your role may look at these settings. Changing them needs the role admin.</MessageBarBody>
        </MessageBar>
      )}
      {children}
      {mayChange && (
        <div className={styles.buttons}>
          <Button type="submit" appearance="primary" disabledFocusable={!isDirty || !isValid || isSaving}>
            Save
          </Button>
          <Button onClick={cancel} disabledFocusable={!isDirty || isSaving}>
            Cancel
          </Button>
          {isDirty && <Text>Not saved yet.</Text>}
        </div>
      )}
      <div role="alert">
        {error !== null && (
          <MessageBar intent="error" layout="multiline">
            <MessageBarBody>{sentenceOf(error)}</MessageBarBody>
          </MessageBar>
        )}
      </div>
      <LeaveQuestion isDirty={isDirty} />
    </form>
  );
}

/** Asks whoever leaves a form with changes that are not saved. */
function LeaveQuestion({ isDirty }: { isDirty: boolean }) {
  const blocker = useBlocker({ shouldBlockFn: () => isDirty, enableBeforeUnload: () => isDirty, withResolver: true });
  if (blocker.status !== 'blocked') {
    return null;
  }

  return (
    <AppDialog
      isAlert
      title="Leave without saving?"
      onClose={blocker.reset}
      actions={
        <>
          <Button appearance="primary" onClick={blocker.reset}>
            Stay
          </Button>
          <Button onClick={blocker.proceed}>Leave</Button>
        </>
      }
    >
      What you changed here is not saved.
    </AppDialog>
  );
}
