import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons';
import { Suspense, useCallback, useState, type ReactNode } from 'react';
import { deferredDialog } from '../../components/deferred';
import { NotRenewed } from '../../components/NotRenewed';
import { Problem } from '../../components/Problem';
import { Waiting } from '../../components/Waiting';
import { pluralText } from '../../format/count';
import { useMay } from '../access/operator';
import { useFiles, type FileItem } from './files';
import { FileTable } from './FileTable';

const FileDialog = deferredDialog(async () => (await import('./FileDialog')).FileDialog);
const DeleteFiles = deferredDialog(async () => (await import('./DeleteFiles')).DeleteFiles);

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    minHeight: '32px',
    marginBottom: tokens.spacingVerticalS,
  },
});

interface FileListProps {
  connector: string;
  /** The one device whose files they are. */
  identity?: string;
  prefix: string | undefined;
  tags?: Record<string, string | string[]> | undefined;
  /** In place of the list when there is no file. */
  empty: ReactNode;
}

/** Files, page by page: looked at, fetched and deleted. */
export function FileList({ connector, identity, prefix, tags, empty }: FileListProps) {
  const styles = useStyles();
  const mayChange = useMay('operator');
  const { list, files } = useFiles(connector, prefix, tags);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [opened, setOpened] = useState<FileItem>();
  const [leaving, setLeaving] = useState<readonly string[]>();
  const { fetchNextPage, hasNextPage, isFetchingNextPage, isFetchNextPageError } = list;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);

  if (list.data === undefined) {
    return list.error === null ? <Waiting /> : <Problem error={list.error} reset={() => void list.refetch()} />;
  }

  // A page that was to follow is told of below the list.
  const notRenewed = !isFetchNextPageError && <NotRenewed query={list} />;

  // A page may have none although more follow.
  if (files.length === 0 && !hasNextPage) {
    return (
      <>
        {notRenewed}
        {empty}
      </>
    );
  }

  const chosen = files.filter(({ id }) => selected.has(id)).map(({ id }) => id);
  return (
    <>
      {notRenewed}
      <div className={styles.bar}>
        <Text>
          {pluralText(files.length, 'file')}
          {hasNextPage && ' so far'}
        </Text>
        {mayChange && chosen.length > 0 && (
          <Button icon={<DeleteRegular />} onClick={() => setLeaving(chosen)}>
            Delete {chosen.length}
          </Button>
        )}
      </div>
      <FileTable
        connector={connector}
        files={files}
        {...(identity === undefined ? {} : { identity })}
        selected={mayChange ? selected : undefined}
        onSelect={setSelected}
        onOpen={setOpened}
        onEnd={hasNextPage && !isFetchingNextPage && !isFetchNextPageError ? more : undefined}
        below={
          isFetchNextPageError ? (
            <Button onClick={more}>The rest could not be loaded. Try again</Button>
          ) : isFetchingNextPage ? (
            <Waiting label="Loading more" />
          ) : undefined
        }
      />
      <Suspense>
        {opened !== undefined && (
          <FileDialog
            connector={connector}
            file={opened}
            onDelete={
              mayChange
                ? () => {
                    setLeaving([opened.id]);
                    setOpened(undefined);
                  }
                : undefined
            }
            onClose={() => setOpened(undefined)}
          />
        )}
        {leaving !== undefined && (
          <DeleteFiles connector={connector} ids={leaving} onDone={() => setSelected(new Set())} onClose={() => setLeaving(undefined)} />
        )}
      </Suspense>
    </>
  );
}
