import { Button, Field, makeStyles, Text, tokens } from '@fluentui/react-components';
import { ArrowUploadRegular } from '@fluentui/react-icons';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Suspense, useState, type DragEvent } from 'react';
import { AddressSearchBox } from '../../components/AddressSearchBox';
import { CommandLine } from '../../components/CommandLine';
import { deferredDialog } from '../../components/deferred';
import { EmptyState } from '../../components/EmptyState';
import { PageHeader } from '../../components/PageHeader';
import { useMay } from '../access/operator';
import { settingsQuery } from '../connectors/connectors';
import { deviceBase } from '../connectors/endpoint';
import { downloadCommand, uploadCommand } from './commands';
import { FileList } from './FileList';
import { tagsOf } from './files';
import { contentSearch, type ContentSearch } from './search';

const UploadDialog = deferredDialog(async () => (await import('./UploadDialog')).UploadDialog);
const Here = '/inside/connectors/$connector/content';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0 },
  over: { outline: `2px dashed ${tokens.colorBrandStroke1}`, outlineOffset: '4px' },
  filters: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, marginBottom: tokens.spacingVerticalS },
  field: { width: '260px', maxWidth: '100%', minWidth: 0 },
});

/** The files of a connector. */
export function ContentPage() {
  const styles = useStyles();
  const { connector } = useParams({ from: Here });
  const search = useSearch({ from: Here });
  const navigate = useNavigate({ from: '/connectors/$connector/content' });
  const mayUpload = useMay('operator');
  const [files, setFiles] = useState<readonly File[]>();
  const [isOver, setOver] = useState(false);
  const { prefix, tag } = search;
  const tags = tag === undefined ? undefined : tagsOf(tag);

  const change = (part: ContentSearch) => void navigate({ search: (before) => contentSearch({ ...before, ...part }), replace: true });
  const drag = (event: DragEvent, over: boolean) => {
    if (mayUpload && event.dataTransfer.types.includes('Files')) {
      event.preventDefault();
      setOver(over);
    }
  };

  return (
    <div
      className={`${styles.page} ${isOver ? styles.over : ''}`}
      onDragOver={(event) => drag(event, true)}
      onDragLeave={(event) => drag(event, false)}
      onDrop={(event) => {
        drag(event, false);
        if (mayUpload && files === undefined && event.dataTransfer.files.length > 0) {
          setFiles([...event.dataTransfer.files]);
        }
      }}
    >
      <PageHeader title="Content">
        {mayUpload && (
          <Button appearance="primary" icon={<ArrowUploadRegular />} onClick={() => setFiles([])}>
            Upload files
          </Button>
        )}
      </PageHeader>
      <div className={styles.filters} role="search" aria-label="Files">
        <Field label="Id begins with" className={styles.field}>
          <AddressSearchBox value={prefix ?? ''} onSearch={(text) => change({ prefix: text })} />
        </Field>
        <Field
          label="Tag"
          className={styles.field}
          {...(tag !== undefined && tags === undefined ? { validationMessage: 'Write it as name=value.' } : {})}
        >
          <AddressSearchBox placeholder="name=value" value={tag ?? ''} onSearch={(text) => change({ tag: text })} />
        </Field>
      </div>
      <FileList
        key={`${prefix ?? ''}\n${tag ?? ''}`}
        connector={connector}
        prefix={prefix}
        tags={tags}
        empty={<Nothing connector={connector} search={search} mayUpload={mayUpload} />}
      />
      {files !== undefined && (
        <Suspense>
          <UploadDialog connector={connector} first={files} onClose={() => setFiles(undefined)} />
        </Suspense>
      )}
    </div>
  );
}

function Nothing({ connector, search, mayUpload }: { connector: string; search: ContentSearch; mayUpload: boolean }) {
  const { fqdn } = useSuspenseQuery(settingsQuery(connector)).data;
  if (search.prefix !== undefined || search.tag !== undefined) {
    return <EmptyState title="No file fits">Others may be there: empty the fields above to see all.</EmptyState>;
  }

  return (
    <EmptyState title="There are no files yet">
      {mayUpload && <Text>Upload files that devices are to fetch, such as firmware, or drop them here.</Text>}
      <Text>A device fetches one with its token:</Text>
      <CommandLine command={downloadCommand(deviceBase(fqdn))} />
      <Text>And uploads its own, which show here too:</Text>
      <CommandLine command={uploadCommand(deviceBase(fqdn))} />
    </EmptyState>
  );
}
