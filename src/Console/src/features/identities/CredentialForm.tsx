import {
  Button,
  Field,
  Input,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  Select,
  Textarea,
  tokens,
} from '@fluentui/react-components';
import { useState, type SubmitEvent } from 'react';
import { sentenceOf } from '../../api/errors';
import type { Identity } from '../../api/schema';
import { CopyButton } from '../../components/CopyButton';
import { FileButton } from '../../components/FileButton';
import { readText } from '../../format/readText';
import { credentialProblem, randomPassword, randomToken, type CredentialKind } from './credential';
import { useDeviceChange } from './device';

const useStyles = makeStyles({
  form: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalS,
    width: '100%',
    maxWidth: '480px',
  },
  wide: { width: '100%' },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  pem: { fontFamily: tokens.fontFamilyMonospace },
  title: { fontSize: tokens.fontSizeBase300, margin: 0, marginTop: tokens.spacingVerticalS },
  secret: { overflowWrap: 'anywhere', fontFamily: tokens.fontFamilyMonospace },
});

const Names: Record<CredentialKind, string> = { token: 'Token', password: 'Password', certificate: 'Certificate' };
const Hints: Record<CredentialKind, string> = {
  token: '40 letters and digits.',
  password: '20 to 256 characters. The device logs on with its identity and this.',
  certificate: 'PEM. The subject’s CN is the identity of the device.',
};

/** Gives a device a credential by hand. What the page made up is shown once. */
export function CredentialForm({ connector, device: { identity, auth, status } }: { connector: string; device: Identity }) {
  const styles = useStyles();
  const change = useDeviceChange(connector, identity);
  const [type, setType] = useState<CredentialKind>(auth.type);
  const [key, setKey] = useState('');
  const [madeUp, setMadeUp] = useState('');
  const [shown, setShown] = useState('');
  const [problem, setProblem] = useState('');

  const makeUp = () => {
    const secret = type === 'token' ? randomToken() : randomPassword();
    setKey(secret);
    setMadeUp(secret);
    setProblem('');
  };

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const wrong = credentialProblem(type, key);
    setProblem(wrong);
    if (wrong === '') {
      change.mutate(
        { change: { auth: { type, key } }, done: `${identity} has a new credential.` },
        {
          onSuccess: () => {
            setShown(key === madeUp ? key : '');
            // What was typed or made up meanwhile stays.
            setKey((now) => (now === key ? '' : now));
            setMadeUp((now) => (now === key ? '' : now));
          },
          onError: (error) => setProblem(sentenceOf(error)),
        },
      );
    }
  };

  const read = async (file: File | undefined) => {
    if (file === undefined) {
      return;
    }

    const content = await readText(file);
    if ('problem' in content) {
      setProblem(content.problem);
    } else {
      setKey(content.text);
      setProblem('');
    }
  };

  const invalid = problem === '' ? {} : ({ validationMessage: problem, validationState: 'error' } as const);
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <h3 className={styles.title}>Set a credential by hand</h3>
      {shown !== '' && (
        <MessageBar intent="success" layout="multiline" className={styles.wide}>
          <MessageBarBody>
            The new {Names[type].toLowerCase()}, which is shown this once: <span className={styles.secret}>{shown}</span>
          </MessageBarBody>
          <MessageBarActions>
            <CopyButton text={shown} label="Copy">
              Copy
            </CopyButton>
            <Button onClick={() => setShown('')}>Hide</Button>
          </MessageBarActions>
        </MessageBar>
      )}
      <Field label="Kind" className={styles.wide}>
        <Select
          value={type}
          onChange={(_, { value }) => {
            setType(value as CredentialKind);
            setKey('');
            setShown('');
            setProblem('');
          }}
        >
          {Object.entries(Names).map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={Names[type]} hint={Hints[type]} className={styles.wide} {...invalid}>
        {type === 'certificate' ? (
          <Textarea
            value={key}
            onChange={(_, { value }) => setKey(value)}
            rows={5}
            textarea={{ className: styles.pem, spellCheck: false }}
          />
        ) : (
          <Input type="password" value={key} onChange={(_, { value }) => setKey(value)} autoComplete="new-password" />
        )}
      </Field>
      <div className={styles.actions}>
        {type === 'certificate' ? (
          <FileButton label="File with the certificate" accept=".pem,.crt,.cer" onFiles={([file]) => void read(file)}>
            Read a file
          </FileButton>
        ) : (
          <Button onClick={makeUp}>Make one up</Button>
        )}
        <Button type="submit" appearance="primary" disabledFocusable={change.isPending}>
          {status === 'provisioned' ? 'Replace the credential' : 'Set the credential'}
        </Button>
      </div>
    </form>
  );
}
