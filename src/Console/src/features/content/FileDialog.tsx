import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { AppDialog } from '../../components/AppDialog';
import { CopyButton } from '../../components/CopyButton';
import { useMessages } from '../../components/Messages';
import { sizeText } from '../../format/size';
import { timeText } from '../../format/time';
import { tagsText, uploadedAt, type FileItem } from './files';
import { OwnerLink } from './FileTable';
import { download } from './transfer';

const useStyles = makeStyles({
  facts: {
    display: 'grid',
    gridTemplateColumns: 'max-content 1fr',
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    margin: 0,
  },
  value: { margin: 0, overflowWrap: 'anywhere' },
});

interface FileDialogProps {
  connector: string;
  file: FileItem;
  /** Undefined for who may not. */
  onDelete: (() => void) | undefined;
  onClose: () => void;
}

/** All that is known of a file, and what can be done with it. */
export function FileDialog({ connector, file, onDelete, onClose }: FileDialogProps) {
  const styles = useStyles();
  const messages = useMessages();
  const save = () => download(connector, file.id).catch((error: unknown) => messages.failed('This could not be downloaded', error));
  const facts = [
    ['Type', file.type],
    ['Size', `${sizeText(file.length)} (${file.length} bytes)`],
    ['Uploaded', timeText(uploadedAt(file))],
    ['Tags', tagsText(file.tags) || 'none'],
  ];
  return (
    <AppDialog
      title={file.id}
      onClose={onClose}
      actions={
        <>
          {onDelete && <Button onClick={onDelete}>Delete</Button>}
          <Button appearance="primary" onClick={save}>
            Download
          </Button>
          <Button onClick={onClose}>Close</Button>
        </>
      }
    >
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd className={styles.value}>{value}</dd>
          </div>
        ))}
        <dt>SHA-256</dt>
        <dd className={styles.value}>
          {file.sha256 ?? 'not known'}
          {file.sha256 !== undefined && <CopyButton size="small" text={file.sha256} label="Copy the SHA-256" />}
        </dd>
        <dt>Device</dt>
        <dd className={styles.value}>
          <OwnerLink connector={connector} id={file.id} />
          {!file.id.startsWith('device2/') && 'none; it is for all devices'}
        </dd>
      </dl>
    </AppDialog>
  );
}
