import { Button, makeStyles, Text, Title2, tokens } from '@fluentui/react-components';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, type SubmitEvent } from 'react';
import { mayAs, operatorQuery } from '../access/operator';
import { leave } from '../access/session';
import { ConnectorNameField } from './ConnectorNameField';
import { connectorsQuery } from './connectors';
import { useNewConnector } from './newConnector';

const useStyles = makeStyles({
  page: { minHeight: '100dvh', display: 'grid', placeItems: 'center', padding: tokens.spacingHorizontalM },
  box: { width: '100%', maxWidth: '420px', display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
});

/** For who may see no connector: there is none, or their key is for others. */
export function NoConnectorPage() {
  const styles = useStyles();
  const navigate = useNavigate();
  const { name, role } = useSuspenseQuery(operatorQuery).data;
  const go = useCallback(
    (connector: string) => navigate({ to: '/connectors/$connector/devices', params: { connector }, replace: true }),
    [navigate],
  );

  const form = useNewConnector(go);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    form.make();
  };

  useEffect(() => {
    document.title = 'No connector · Murano.Serverless';
  }, []);

  // Somebody else may make one meanwhile: who comes back to this tab goes there.
  const { data: connectors } = useQuery({ ...connectorsQuery, refetchOnMount: false, refetchOnWindowFocus: 'always' });
  const first = connectors?.[0]?.apiId;
  useEffect(() => {
    if (first !== undefined) {
      void go(first);
    }
  }, [first, go]);

  return (
    <main className={styles.page}>
      <div className={styles.box}>
        <Title2 as="h1">There is no connector</Title2>
        {mayAs(role, 'admin') ? (
          <form className={styles.box} onSubmit={submit} noValidate>
            <Text>A connector is what devices of one kind call. Make the first one.</Text>
            <ConnectorNameField form={form} />
            <Button type="submit" appearance="primary" disabledFocusable={!form.isReady}>
              Make connector
            </Button>
          </form>
        ) : (
          <Text>{name} may see none. Ask an administrator for a key to a connector.</Text>
        )}
        <Button onClick={() => leave()}>Sign out</Button>
      </div>
    </main>
  );
}
