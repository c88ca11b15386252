import { Button, Field, Input, makeStyles, tokens, Tooltip } from '@fluentui/react-components';
import { DeleteRegular, EditRegular } from '@fluentui/react-icons';
import { useEffect, useRef, useState, type KeyboardEvent, type SubmitEvent } from 'react';
import { sentenceOf } from '../../api/errors';
import { useMessages } from '../../components/Messages';
import { useFocusBack } from '../../components/useFocusBack';
import { invalid } from './TagForm';
import { valueProblem } from './tags';
import { useTagEdit } from './useTagEdit';

const useStyles = makeStyles({
  line: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, overflowWrap: 'anywhere', minHeight: '32px' },
  form: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-end',
    gap: tokens.spacingHorizontalXS,
    paddingBlock: tokens.spacingVerticalXS,
  },
});

interface TagValueProps {
  connector: string;
  identity: string;
  name: string;
  value: string;
  mayChange: boolean;
  /** It came by a change here, and takes the focus on from what it was. */
  isFocused: boolean;
  /** Told what it becomes; undefined when that has come to an end. */
  onChange: (to: string | undefined) => void;
}

/** One value of a tag, which can be changed or taken away. */
export function TagValue({ connector, identity, name, value, mayChange, isFocused, onChange }: TagValueProps) {
  const styles = useStyles();
  const messages = useMessages();
  const edit = useTagEdit(connector, identity);
  const place = useRef<HTMLDivElement>(null);
  const [text, setText] = useState<string>();
  const [problem, setProblem] = useState('');
  useFocusBack(place, text !== undefined, isFocused);
  useEffect(() => {
    if (isFocused) {
      onChange(undefined);
    }
  }, [isFocused, onChange]);

  const close = () => {
    setText(undefined);
    setProblem('');
  };

  if (text === undefined) {
    return (
      <div className={styles.line} ref={place}>
        <span>{value}</span>
        {mayChange && (
          <>
            <Tooltip content={`Change ${name}: ${value}`} relationship="label">
              <Button size="small" appearance="subtle" icon={<EditRegular />} onClick={() => setText(value)} />
            </Tooltip>
            <Tooltip content={`Delete ${name}: ${value}`} relationship="label">
              <Button
                size="small"
                appearance="subtle"
                icon={<DeleteRegular />}
                disabledFocusable={edit.isPending}
                onClick={() =>
                  edit.mutate({ name, from: value }, { onError: (error) => messages.failed('The tag was not deleted', error) })
                }
              />
            </Tooltip>
          </>
        )}
      </div>
    );
  }

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const to = text.trim();
    const wrong = valueProblem(to);
    setProblem(wrong);
    if (wrong === '' && to === value) {
      close();
    } else if (wrong === '') {
      onChange(to);
      const fail = (error: Error) => {
        setProblem(sentenceOf(error));
        onChange(undefined);
      };
      edit.mutate({ name, from: value, to }, { onError: fail, onSuccess: close });
    }
  };

  const onKeyDown = ({ key }: KeyboardEvent) => key === 'Escape' && close();
  return (
    <div ref={place}>
      <form className={styles.form} onSubmit={submit} onKeyDown={onKeyDown} noValidate>
        <Field label={`New value of ${name}`} {...invalid(problem)}>
          <Input value={text} onChange={(_, data) => setText(data.value)} autoComplete="off" autoFocus />
        </Field>
        <Button type="submit" appearance="primary" disabledFocusable={edit.isPending}>
          Save
        </Button>
        <Button onClick={close}>Cancel</Button>
      </form>
    </div>
  );
}
