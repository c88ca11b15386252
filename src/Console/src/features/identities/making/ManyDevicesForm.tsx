import { Button, Field, makeStyles, mergeClasses, MessageBar, MessageBarBody, Text, Textarea, tokens } from '@fluentui/react-components';
import { useMemo, useState, type DragEvent } from 'react';
import { sentenceOf } from '../../../api/errors';
import { DialogForm } from '../../../components/AppDialog';
import { FileButton } from '../../../components/FileButton';
import { Waiting } from '../../../components/Waiting';
import { countText } from '../../../format/count';
import { readText } from '../../../format/readText';
import type { ImportForm } from '../../jobs/jobs';
import { devicesText } from '../../jobs/jobText';
import { useJobStart } from '../../jobs/useJobStart';
import { readTable, splitTable } from './csv';
import { expiryOf, ExpiryField } from './ExpiryField';
import { TablePreview } from './TablePreview';

const useStyles = makeStyles({
  drop: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalM,
    border: `2px dashed ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  over: { backgroundColor: tokens.colorNeutralBackground1Hover, borderTopColor: tokens.colorBrandStroke1 },
  area: { fontFamily: tokens.fontFamilyMonospace },
});

/** Text beyond this is not shown for editing: it is a file's. */
const Editable = 100_000;

interface ManyDevicesFormProps {
  connector: string;
  onClose: () => void;
  /** The table takes several jobs. */
  onSeveral: (forms: readonly ImportForm[], total: number) => void;
}

/** Makes or changes many devices from a table. */
export function ManyDevicesForm({ connector, onClose, onSeveral }: ManyDevicesFormProps) {
  const styles = useStyles();
  const start = useJobStart(connector);
  const [text, setText] = useState('');
  const [name, setName] = useState('');
  const [expiry, setExpiry] = useState('');
  const [isOver, setOver] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const table = useMemo(() => (text.trim() === '' ? undefined : readTable(text)), [text]);
  const parts = useMemo(() => (table?.problem === '' ? splitTable(table) : []), [table]);
  const problemOfTable = table?.problem ?? '';
  const expire = expiryOf(expiry);
  const isReady = parts.length > 0 && expire !== undefined && !isBusy;

  const read = async (chosen: File | undefined) => {
    if (chosen === undefined) {
      return;
    }

    const content = await readText(chosen);
    if ('problem' in content) {
      setProblem(content.problem);
      return;
    }

    // Together: the name says whose table this is.
    setName(chosen.name);
    setText(content.text);
    setProblem('');
  };

  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void read(event.dataTransfer.files[0]);
  };

  const run = async (dryRun: boolean) => {
    const forms = parts.map((part) => ({ ...part, expire: expire ?? 0, dryRun }));
    const [only] = forms;
    if (only === undefined || table === undefined) {
      return;
    }

    if (forms.length > 1) {
      onSeveral(forms, table.count);
      return;
    }

    setBusy(true);
    setProblem('');
    try {
      await start(only, { onSeen: onClose });
    } catch (error) {
      setProblem(sentenceOf(error));
      setBusy(false);
    }
  };

  return (
    <DialogForm
      isBusy={isBusy}
      actions={
        <>
          <Button onClick={onClose} disabledFocusable={isBusy}>
            Cancel
          </Button>
          <Button disabledFocusable={!isReady} onClick={() => void run(true)}>
            Dry run
          </Button>
          <Button appearance="primary" disabledFocusable={!isReady} onClick={() => void run(false)}>
            {table === undefined || parts.length === 0 ? 'Import' : `Import ${devicesText(table.count)}`}
          </Button>
        </>
      }
    >
      <Text block>
        The first line names the columns: <code>ID</code>, then in any order <code>SSL Client Certificate</code> and <code>tag:name</code>.
        Devices that are there already are changed; the same table again changes nothing.
      </Text>
      <div
        className={mergeClasses(styles.drop, isOver && styles.over)}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <FileButton label="CSV file" accept=".csv,text/csv,text/plain" onFiles={([file]) => void read(file)}>
          Choose a file
        </FileButton>
        <Text>{name === '' ? 'or drop one here, or paste the table below.' : name}</Text>
      </div>
      {text.length <= Editable && (
        <Field label="Table">
          <Textarea
            className={styles.area}
            rows={4}
            placeholder={'ID,tag:site\npump-1,Oslo'}
            value={text}
            spellCheck={false}
            onChange={(_, { value }) => {
              setName('');
              setText(value);
              setProblem('');
            }}
          />
        </Field>
      )}
      {problemOfTable !== '' && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>{problemOfTable}</MessageBarBody>
        </MessageBar>
      )}
      {table?.problem === '' && <TablePreview table={table} />}
      {parts.length > 1 && <Text block>A job has up to 10,000 rows: these are {countText(parts.length)} jobs, one after another.</Text>}
      <ExpiryField value={expiry} onChange={setExpiry} />
      {problem !== '' && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>{problem}</MessageBarBody>
        </MessageBar>
      )}
      {isBusy && <Waiting isSmall label="Starting" />}
    </DialogForm>
  );
}
