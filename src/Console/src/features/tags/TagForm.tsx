import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useId, useRef, useState, type SubmitEvent } from 'react';
import { sentenceOf } from '../../api/errors';
import type { Tags } from '../../api/schema';
import { own } from '../../format/own';
import { tagNamesQuery } from './tagNames';
import { MaxTags, nameProblem, tagValuesQuery, valueProblem } from './tags';
import { useTagEdit } from './useTagEdit';

const useStyles = makeStyles({
  form: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalM,
    alignItems: 'flex-start',
    marginBottom: tokens.spacingVerticalL,
  },
  field: { flexGrow: 1, maxWidth: '320px', minWidth: '160px' },
  // As high as a label, so that the button stands beside the inputs.
  button: { marginTop: '26px', '@media (max-width: 480px)': { marginTop: 0 } },
});

interface TagFormProps {
  connector: string;
  identity: string;
  tags: Tags;
}

/** Adds a tag. Names and values that are in use are suggested. */
export function TagForm({ connector, identity, tags }: TagFormProps) {
  const styles = useStyles();
  const id = useId();
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const [problem, setProblem] = useState({ name: '', value: '' });
  const first = useRef<HTMLInputElement>(null);
  // Before the new tag shows, as whoever sees it types the next one; what was typed meanwhile stays.
  const edit = useTagEdit(connector, identity, (done) => {
    if (done.name === name.trim() && done.to === value.trim()) {
      setName('');
      setValue('');
      first.current?.focus();
    }
  });
  const names = useQuery(tagNamesQuery(connector)).data?.names.map((one) => one.name) ?? [];
  const known = useDeferredValue(name.trim());
  const values =
    useQuery({ ...tagValuesQuery(connector, known), enabled: names.includes(known) }).data?.values.map((one) => one.value) ?? [];

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const tag = { name: name.trim(), to: value.trim() };
    const wrong = { name: nameProblem(tag.name), value: valueProblem(tag.to) };
    if (wrong.value === '' && own(tags, tag.name)?.includes(tag.to)) {
      wrong.value = 'The device has this value already.';
    } else if (wrong.name === '' && Object.values(tags).flat().length >= MaxTags) {
      wrong.value = `A device has at most ${MaxTags} tags.`;
    }

    setProblem(wrong);
    if (wrong.name === '' && wrong.value === '') {
      edit.mutate(tag, { onError: (error) => setProblem({ name: '', value: sentenceOf(error) }) });
    }
  };

  return (
    <form className={styles.form} onSubmit={submit} aria-label="New tag" noValidate>
      <Field label="Name" className={styles.field} {...invalid(problem.name)}>
        <Input input={{ ref: first }} value={name} onChange={(_, data) => setName(data.value)} list={`${id}names`} autoComplete="off" />
      </Field>
      <Field label="Value" className={styles.field} {...invalid(problem.value)}>
        <Input value={value} onChange={(_, data) => setValue(data.value)} list={`${id}values`} autoComplete="off" />
      </Field>
      <datalist id={`${id}names`}>
        {names.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <datalist id={`${id}values`}>
        {values.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <Button type="submit" icon={<AddRegular />} className={styles.button} disabledFocusable={edit.isPending}>
        Add tag
      </Button>
    </form>
  );
}

/** What a field says of a problem. */
export const invalid = (problem: string) => (problem === '' ? {} : ({ validationMessage: problem, validationState: 'error' } as const));
