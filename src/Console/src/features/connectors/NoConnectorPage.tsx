import { Button, Field, Input, makeStyles, MessageBar, MessageBarBody, Text, Title2, tokens } from '@fluentui/react-components';
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type SubmitEvent } from 'react';
import { api } from '../../api/client';
import { sentenceOf } from '../../api/errors';
import { mayAs, operatorQuery } from '../access/operator';
import { readConfig } from '../access/config';
import { leave } from '../access/session';
import { connectorsQuery } from './connectors';

const useStyles = makeStyles({
  page: { minHeight: '100dvh', display: 'grid', placeItems: 'center', padding: tokens.spacingHorizontalM },
  box: { width: '100%', maxWidth: '420px', display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
});

/** For who may see no connector: there is none, or their key is for others. */
export function NoConnectorPage() {
  const styles = useStyles();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { name, role } = useSuspenseQuery(operatorQuery).data;
  const [label, setLabel] = useState('');
  const [problem, setProblem] = useState('');
  const [isBusy, setBusy] = useState(false);

  useEffect(() => {
    document.title = 'No connector · Murano.Serverless';
  }, []);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      const { business } = await readConfig();
      const { data } = await api.POST('/api:1/business/{business}/solution', {
        params: { path: { business } },
        body: { label: label.trim(), type: 'product' },
      });
      await cache.invalidateQueries(connectorsQuery);
      await navigate({ to: '/connectors/$connector/devices', params: { connector: data?.id ?? '' } });
    } catch (error) {
      setProblem(sentenceOf(error));
      setBusy(false);
    }
  };

  const signOut = async () => {
    leave();
    cache.clear();
    await navigate({ to: '/sign-in' });
  };

  return (
    <main className={styles.page}>
      <div className={styles.box}>
        <Title2 as="h1">There is no connector</Title2>
        {mayAs(role, 'admin') ? (
          <form className={styles.box} onSubmit={submit}>
            <Text>A connector is what devices of one kind call. Make the first one.</Text>
            {problem !== '' && (
              <MessageBar intent="error">
                <MessageBarBody>{problem}</MessageBarBody>
              </MessageBar>
            )}
            <Field label="Name" required>
              <Input value={label} onChange={(_, { value }) => setLabel(value)} maxLength={200} />
            </Field>
            <Button type="submit" appearance="primary" disabled={label.trim() === '' || isBusy}>
              Make the connector
            </Button>
          </form>
        ) : (
          <Text>{name} may see none. Ask an administrator for a key to a connector.</Text>
        )}
        <Button onClick={() => void signOut()}>Sign out</Button>
      </div>
    </main>
  );
}
