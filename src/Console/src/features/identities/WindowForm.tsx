import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { useState, type SubmitEvent } from 'react';
import { sentenceOf } from '../../api/errors';
import type { Identity } from '../../api/schema';
import { useDeviceChange } from './device';
import { localTime, microsOf } from './localTime';

const useStyles = makeStyles({
  form: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: tokens.spacingHorizontalS },
  // As high as a label, so that the buttons stand beside the input.
  button: { marginTop: '26px', '@media (max-width: 480px)': { marginTop: 0 } },
});

/** Until when a device may activate: a date and time of this machine's, or no end. */
export function WindowForm({ connector, device: { identity, auth } }: { connector: string; device: Identity }) {
  const styles = useStyles();
  const change = useDeviceChange(connector, identity);
  const [text, setText] = useState(auth.expire === 0 ? '' : localTime(auth.expire));
  const [problem, setProblem] = useState('');
  const save = (expire: number, done: string) =>
    change.mutate({ change: { auth: { expire } }, done }, { onError: (error) => setProblem(sentenceOf(error)) });

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const expire = microsOf(text);
    if (expire === undefined) {
      setProblem('Date and time are missing.');
    } else {
      setProblem('');
      save(expire, `${identity} may activate until then.`);
    }
  };

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <Field
        label="End of the window"
        hint="In the time of this machine"
        {...(problem === '' ? {} : { validationMessage: problem, validationState: 'error' })}
      >
        <Input type="datetime-local" value={text} onChange={(_, { value }) => setText(value)} />
      </Field>
      <Button type="submit" className={styles.button} disabledFocusable={change.isPending}>
        Save the end
      </Button>
      {auth.expire !== 0 && (
        <Button
          className={styles.button}
          onClick={() => save(0, `The window of ${identity} has no end.`)}
          disabledFocusable={change.isPending}
        >
          No end
        </Button>
      )}
    </form>
  );
}
