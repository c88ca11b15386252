import { Badge, Button, Field, makeStyles, MessageBar, MessageBarBody, Radio, RadioGroup, Text, tokens } from '@fluentui/react-components';
import { DocumentRegular } from '@fluentui/react-icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useId, useMemo, useState } from 'react';
import { api } from '../../api/client';
import { sentenceOf } from '../../api/errors';
import { AppDialog } from '../../components/AppDialog';
import { FileButton } from '../../components/FileButton';
import { useMessages } from '../../components/Messages';
import { DataTable } from '../../components/table/DataTable';
import { pluralText } from '../../format/count';
import { readText } from '../../format/readText';
import { settingsQuery } from './connectors';
import { MaxResources } from './resources';
import { MaxYamlLength, planImport, readYaml, type YamlChange, type YamlProblem, type YamlResources } from './resourcesYaml';
import { useSettings } from './settings';

const useStyles = makeStyles({
  table: { display: 'flex', flexDirection: 'column', height: '260px' },
  file: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM, overflowWrap: 'anywhere' },
});

const ChangeColumns: ColumnDef<YamlChange>[] = [
  { id: 'alias', accessorKey: 'alias', header: 'Alias', meta: { minWidth: 160, grow: 2 } },
  {
    id: 'what',
    accessorKey: 'what',
    header: 'What happens',
    meta: { minWidth: 130 },
    cell: ({ row: { original } }) => <What what={original.what} />,
  },
];

const ProblemColumns: ColumnDef<YamlProblem>[] = [
  {
    id: 'line',
    accessorKey: 'line',
    header: 'Line',
    meta: { minWidth: 60, grow: 0 },
    cell: ({ row: { original } }) => (original.line === 0 ? '' : original.line),
  },
  { id: 'alias', accessorKey: 'alias', header: 'Alias', meta: { minWidth: 120 } },
  {
    id: 'message',
    accessorKey: 'message',
    header: 'Problem',
    meta: { minWidth: 240, grow: 3 },
    cell: ({ row: { original } }) => <span title={original.message}>{original.message}</span>,
  },
];

/** Brings resources from `specs/resources.yaml`, after showing what that changes. */
export function ResourceImportDialog({ connector, onClose }: { connector: string; onClose: () => void }) {
  const styles = useStyles();
  const cache = useQueryClient();
  const messages = useMessages();
  const { settings } = useSettings();
  const hint = useId();
  const [file, setFile] = useState<{ name: string; content: YamlResources }>();
  const [fileProblem, setFileProblem] = useState('');
  const [replace, setReplace] = useState(false);
  const [isOutdated, setOutdated] = useState(false);

  const plan = useMemo(
    () => (file === undefined ? undefined : planImport(new Map(Object.entries(settings.resources)), file.content.resources, replace)),
    [file, replace, settings.resources],
  );
  const shown = useMemo(() => plan?.changes.filter(({ what }) => what !== 'unchanged') ?? [], [plan]);
  const isTooMany = (plan?.after.size ?? 0) > MaxResources;

  const read = async (chosen: File | undefined) => {
    if (chosen === undefined) {
      return;
    }

    // A character has four bytes at most: what is longer is not even read.
    const content = chosen.size > MaxYamlLength * 4 ? { text: 'x'.repeat(MaxYamlLength + 1) } : await readText(chosen);
    setOutdated(false);
    if ('problem' in content) {
      // Nor is the one before imported: that is not what was chosen last.
      setFile(undefined);
      setFileProblem(content.problem);
    } else {
      setFile({ name: chosen.name, content: readYaml(content.text) });
      setFileProblem('');
    }
  };

  const apply = useMutation({
    mutationFn: async () => {
      // The map is replaced as a whole, so what others did since the preview would be undone without a word.
      const fresh = await cache.query({ ...settingsQuery(connector), staleTime: 0 });
      if (plan === undefined || JSON.stringify(fresh.resources) !== JSON.stringify(settings.resources)) {
        return false;
      }

      await api.PATCH('/api:1/service/{connector}/device2', {
        params: { path: { connector } },
        body: { resources: Object.fromEntries(plan.after) },
      });
      await cache.invalidateQueries({ queryKey: settingsQuery(connector).queryKey });
      return true;
    },
    onSuccess: (isDone) => {
      setOutdated(!isDone);
      if (isDone) {
        messages.done(doneText(shown));
        onClose();
      }
    },
  });

  const problems = file?.content.problems ?? [];
  const problem = isTooMany
    ? `A connector has at most ${MaxResources} resources; this would make ${plan?.after.size ?? 0}.`
    : isOutdated
      ? 'Somebody changed the resources meanwhile. Look at the changes again, and import then.'
      : fileProblem || (apply.error === null ? '' : sentenceOf(apply.error));
  return (
    <AppDialog
      title="Import resources"
      isBusy={apply.isPending}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose} disabledFocusable={apply.isPending}>
            Cancel
          </Button>
          <Button
            appearance="primary"
            disabledFocusable={file === undefined || problems.length > 0 || shown.length === 0 || isTooMany || apply.isPending}
            onClick={() => apply.mutate()}
          >
            Import
          </Button>
        </>
      }
    >
      <Text id={hint}>A map of definitions by alias in YAML, as the murano command line keeps it in specs/resources.yaml.</Text>
      <div className={styles.file}>
        <FileButton
          label="File of resources"
          accept=".yaml,.yml,application/yaml"
          icon={<DocumentRegular />}
          onFiles={([chosen]) => void read(chosen)}
        >
          Choose a file
        </FileButton>
        <Text>{file?.name ?? 'No file is chosen.'}</Text>
      </div>
      <Field label="What is not in the file">
        <RadioGroup value={replace ? 'replace' : 'merge'} onChange={(_, { value }) => setReplace(value === 'replace')}>
          <Radio value="merge" label="Stays as it is" />
          <Radio value="replace" label="Is deleted, as murano syncup does" />
        </RadioGroup>
      </Field>
      <div role="status">
        {file !== undefined && problems.length > 0 && (
          <Text>The file has {pluralText(problems.length, 'problem')}. Nothing is imported.</Text>
        )}
        {file !== undefined && problems.length === 0 && <Text>{summaryOf(plan?.changes ?? [])}</Text>}
      </div>
      {problems.length > 0 ? (
        <div className={styles.table}>
          <DataTable
            label="Problems"
            columns={ProblemColumns}
            rows={problems}
            rowId={({ line, alias, message }) => `${line} ${alias} ${message}`}
          />
        </div>
      ) : (
        shown.length > 0 && (
          <div className={styles.table}>
            <DataTable label="Changes" columns={ChangeColumns} rows={shown} rowId={({ alias }) => alias} />
          </div>
        )
      )}
      <div role="alert">
        {problem !== '' && (
          <MessageBar intent="error" layout="multiline">
            <MessageBarBody>{problem}</MessageBarBody>
          </MessageBar>
        )}
      </div>
    </AppDialog>
  );
}

function summaryOf(changes: readonly YamlChange[]): string {
  const count = (what: YamlChange['what']) => changes.filter((change) => change.what === what).length;
  return `${count('added')} added, ${count('changed')} changed, ${count('deleted')} deleted, ${count('unchanged')} unchanged.`;
}

function doneText(changes: readonly YamlChange[]): string {
  const deleted = changes.filter(({ what }) => what === 'deleted').length;
  const imported = changes.length - deleted;
  return [
    imported > 0 ? `${pluralText(imported, 'resource was', 'resources were')} imported` : '',
    deleted > 0 ? `${pluralText(deleted, 'resource was', 'resources were')} deleted` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function What({ what }: Pick<YamlChange, 'what'>) {
  return (
    <Badge appearance="tint" color={what === 'deleted' ? 'danger' : what === 'added' ? 'success' : 'brand'}>
      {what}
    </Badge>
  );
}
