import { Button, Field, Input, makeStyles, MessageBar, Title2, tokens } from '@fluentui/react-components';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState, type SubmitEvent } from 'react';
import { sentenceOf } from '../../api/errors';
import { configQuery } from './config';
import { operatorQuery } from './operator';
import { enter, leave } from './session';

const useStyles = makeStyles({
  page: {
    minHeight: '100dvh',
    display: 'grid',
    placeItems: 'center',
    padding: tokens.spacingHorizontalM,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  box: {
    width: '100%',
    maxWidth: '420px',
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    padding: tokens.spacingHorizontalXXL,
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusLarge,
    boxShadow: tokens.shadow8,
  },
});

/** Signs in with an API key, or with Entra ID where that is configured. */
export function SignInPage() {
  const styles = useStyles();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const { to = '/' } = useSearch({ from: '/sign-in' });
  const { data: config } = useQuery(configQuery);
  const [secret, setSecret] = useState('');
  const [problem, setProblem] = useState('');

  useEffect(() => {
    document.title = 'Sign in · Murano.Serverless';
  }, []);

  // Back from Entra ID: the address brings a code, or why there is none.
  useEffect(() => {
    if (new URLSearchParams(location.search).has('state')) {
      void import('./entra')
        .then(({ endSignIn }) => endSignIn())
        .then((goOn) => navigate({ to: goOn, replace: true }))
        .catch((error: unknown) => setProblem(sentenceOf(error)));
    }
  }, [navigate]);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    enter({ kind: 'key', secret: secret.trim() });
    cache.clear();
    try {
      await cache.query(operatorQuery);
      await navigate({ to });
    } catch (error) {
      leave();
      setProblem(sentenceOf(error));
    }
  };

  return (
    <main className={styles.page}>
      <form className={styles.box} onSubmit={submit}>
        <Title2 as="h1">Murano.Serverless</Title2>
        {problem !== '' && <MessageBar intent="error">{problem}</MessageBar>}
        <Field
          label="API key"
          hint="The app prints its first key when it starts for the first time. It is kept in this tab only, until you close it."
          required
        >
          <Input type="password" value={secret} onChange={(_, { value }) => setSecret(value)} autoComplete="current-password" />
        </Field>
        <Button type="submit" appearance="primary" disabled={secret.trim() === ''}>
          Sign in
        </Button>
        {config?.entra && (
          <Button onClick={() => void import('./entra').then(({ beginSignIn }) => beginSignIn(to))}>Sign in with Entra ID</Button>
        )}
      </form>
    </main>
  );
}
