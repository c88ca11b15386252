import { Button, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { AppDialog } from './AppDialog';
import { CopyButton } from './CopyButton';

const useStyles = makeStyles({
  secret: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: tokens.spacingHorizontalM,
    fontFamily: tokens.fontFamilyMonospace,
    overflowWrap: 'anywhere',
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
  },
});

interface SecretDialogProps {
  title: string;
  secret: string;
  children?: ReactNode;
  onClose: () => void;
}

/** Shows a secret that is never shown again; so no key that was meant for what was there before closes it. */
export function SecretDialog({ title, secret, children, onClose }: SecretDialogProps) {
  const styles = useStyles();
  return (
    <AppDialog
      isAlert
      isKept
      title={title}
      onClose={onClose}
      actions={
        <Button appearance="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      {children !== undefined && <div>{children}</div>}
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>This is shown once. Copy it now and keep it in a safe place.</MessageBarBody>
      </MessageBar>
      <div className={styles.secret}>
        <code style={{ flexGrow: 1 }}>{secret}</code>
        <CopyButton text={secret} label="Copy the secret" />
      </div>
    </AppDialog>
  );
}
