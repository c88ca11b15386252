import { Button, Divider, Field, Input, makeStyles, MessageBar, MessageBarBody, Title2, tokens } from '@fluentui/react-components';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useEffect, useState, useSyncExternalStore, type SubmitEvent } from 'react';
import { ApiError, sentenceOf } from '../../api/errors';
import { loadPart } from '../../components/loadPart';
import { Waiting } from '../../components/Waiting';
import { configQuery } from './config';
import { operatorQuery } from './operator';
import { isReturn } from './return';
import { enter, leave, onSession, signedIn, whyLeft } from './session';
import { targetOf } from './target';

const useStyles = makeStyles({
  page: {
    minHeight: '100dvh',
    display: 'grid',
    placeItems: 'center',
    padding: tokens.spacingHorizontalM,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  box: {
    boxSizing: 'border-box',
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
  fields: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
});

/** Signs in with an API key, or with Entra ID where that is configured. */
export function SignInPage() {
  const styles = useStyles();
  const router = useRouter();
  const cache = useQueryClient();
  const to = targetOf(useSearch({ from: '/sign-in' }).to) ?? '/';
  const { data: config } = useQuery(configQuery);
  const session = useSyncExternalStore(onSession, signedIn);
  const [target, setTarget] = useState(to);
  const [secret, setSecret] = useState('');
  const [problem, setProblem] = useState(whyLeft);
  // Back from Entra ID: the address brings a code, or why there is none.
  const [isReturning, setReturning] = useState(() => isReturn(location.hash));
  const [isBusy, setBusy] = useState(false);

  useEffect(() => {
    document.title = 'Sign in · Murano.Serverless';
  }, []);

  // Whoever is let in is known by the API before the page goes on: a person without a role is told so here.
  const goOn = async (address: string) => {
    setTarget(address);
    cache.clear();
    try {
      await cache.query(operatorQuery);
    } catch (error) {
      // A session with Entra ID is over when the API says so, and not when nobody answers.
      if (signedIn()?.kind === 'key' || (error instanceof ApiError && (error.status === 401 || error.status === 403))) {
        leave();
      }

      throw error;
    }

    router.history.replace(`/console${address}`);
  };

  const failed = (error: unknown) => {
    setProblem(sentenceOf(error));
    setReturning(false);
    setBusy(false);
  };

  useEffect(() => {
    if (!isReturning) {
      return undefined;
    }

    // React may run this twice; the code is redeemed once, and the last run goes on.
    let isLast = true;
    void loadPart(() => import('./entra'))
      .then(({ endSignIn }) => endSignIn())
      .then((address) => (isLast ? goOn(address) : undefined))
      .catch((error: unknown) => {
        if (isLast) {
          // The code is spent: a reload must not try it again. Who is signed in stays so: the address may be somebody else's.
          router.history.replace('/console/sign-in');
          failed(error);
        }
      });
    return () => {
      isLast = false;
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each return
  }, [isReturning]);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const key = secret.replaceAll(/\s/g, '');
    if (!/^[\x21-\x7e]+$/.test(key)) {
      setProblem('This is no API key: keys have letters, digits and underscores only.');
      return;
    }

    setBusy(true);
    setProblem('');
    enter({ kind: 'key', secret: key });
    await goOn(to).catch(failed);
  };

  const again = () => {
    setBusy(true);
    setProblem('');
    void goOn(target).catch(failed);
  };

  const withEntra = () => {
    setBusy(true);
    void loadPart(() => import('./entra'))
      .then(({ beginSignIn }) => beginSignIn(to))
      .catch(failed);
  };

  return (
    <main className={styles.page}>
      <div className={styles.box}>
        <Title2 as="h1">Murano.Serverless</Title2>
        <div role="alert">
          {problem !== '' && (
            <MessageBar intent="error" layout="multiline">
              <MessageBarBody>{problem}</MessageBarBody>
            </MessageBar>
          )}
        </div>
        {isReturning ? (
          <Waiting label="Signing in" />
        ) : (
          <>
            {session !== undefined && !isBusy && <Button onClick={again}>Go on, signed in as before</Button>}
            <form className={styles.fields} onSubmit={submit}>
              {/* Password managers keep a secret under a name. */}
              <input type="text" autoComplete="username" value="API key" readOnly hidden />
              <Field
                label="API key"
                hint="The app prints its first key when it starts for the first time. It is kept in this tab only, until you close it."
              >
                <Input
                  type="password"
                  value={secret}
                  onChange={(_, { value }) => setSecret(value)}
                  autoComplete="current-password"
                  required
                  spellCheck={false}
                />
              </Field>
              <Button type="submit" appearance="primary" disabledFocusable={secret.trim() === '' || isBusy}>
                Sign in
              </Button>
            </form>
            {config?.entra && (
              <>
                <Divider>or</Divider>
                <Button onClick={withEntra} disabledFocusable={isBusy}>
                  Sign in with Entra ID
                </Button>
              </>
            )}
          </>
        )}
      </div>
    </main>
  );
}
