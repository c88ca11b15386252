import { Button, Field, Input, makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { query } from '../../api/client';
import { useTextDraft } from '../../components/useTextDraft';
import { sizeText } from '../../format/size';
import { whyNot } from './files';
import { replaceText, type UploadRow } from './uploads';

const useStyles = makeStyles({
  row: { borderTop: `1px solid ${tokens.colorNeutralStroke2}`, paddingBlock: tokens.spacingVerticalS },
  fields: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, alignItems: 'flex-end' },
  id: { flexGrow: 2, flexBasis: '180px', minWidth: 0 },
  type: { flexGrow: 1, flexBasis: '140px', minWidth: 0 },
});

interface UploadRowFieldsProps {
  connector: string;
  row: UploadRow;
  /** Whether nothing can be changed. */
  isLocked: boolean;
  onChange: (part: Partial<UploadRow>) => void;
  onRemove: () => void;
}

/** A file that is to be uploaded: what it is called there, what it replaces, how far it is. */
export function UploadRowFields({ connector, row, isLocked, onChange, onRemove }: UploadRowFieldsProps) {
  const styles = useStyles();
  const wrong = row.state === 'done' ? '' : whyNot(row.id, row.file.size);
  // The id counts at once. What is there under it is asked when typing pauses.
  const [id, setId] = useState(row.id);
  const draft = useTextDraft(id, setId);
  // 404 is the usual answer here: there is nothing to replace.
  const old = query.useQuery(
    'get',
    '/api:1/service/{connector}/content/item/{id}',
    { params: { path: { connector, id } } },
    { enabled: id !== '' && !isLocked && wrong === '', retry: false, gcTime: 0 },
  );
  const warning = old.data !== undefined && row.id === id && !isLocked && wrong === '' ? replaceText(old.data) : '';
  return (
    <li className={styles.row} aria-label={row.file.name}>
      <div className={styles.fields}>
        <Field
          label="Id"
          className={styles.id}
          {...(wrong !== ''
            ? { validationMessage: wrong }
            : warning !== ''
              ? { validationMessage: warning, validationState: 'warning' }
              : {})}
        >
          <Input
            value={row.id}
            disabled={isLocked}
            onChange={(_, { value }) => {
              onChange({ id: value });
              draft.type(value);
            }}
            onBlur={draft.flush}
            onKeyDown={({ key }) => key === 'Enter' && draft.flush()}
          />
        </Field>
        <Field label="MIME type" className={styles.type}>
          <Input
            value={row.type}
            placeholder="application/octet-stream"
            disabled={isLocked}
            onChange={(_, { value }) => onChange({ type: value })}
          />
        </Field>
        <Button
          appearance="subtle"
          icon={<DismissRegular />}
          aria-label={`Leave out ${row.file.name}`}
          disabled={isLocked}
          onClick={onRemove}
        />
      </div>
      <Text size={200}>
        {sizeText(row.file.size)}. {stateText(row)}
      </Text>
      {row.state === 'running' && <ProgressBar value={row.part} aria-label={`${row.file.name} uploaded`} />}
    </li>
  );
}

function stateText({ state, part, problem }: UploadRow): string {
  switch (state) {
    case 'running':
      return `${Math.round(part * 100)} % sent`;
    case 'done':
      return 'Uploaded.';
    case 'failed':
      return `Failed: ${problem}`;
    case 'cancelled':
      return 'Cancelled.';
    default:
      return '';
  }
}
