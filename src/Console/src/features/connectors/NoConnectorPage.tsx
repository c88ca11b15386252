import { Button, makeStyles, Text, Title2, tokens } from '@fluentui/react-components';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect } from 'react';
import { mayAs, operatorQuery } from '../access/operator';
import { leave } from '../access/session';
import { ConnectorForm } from './ConnectorForm';
import { connectorsQuery } from './connectors';

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
          <ConnectorForm className={styles.box} onMade={go}>
            {(field, canMake) => (
              <>
                <Text>A connector is what devices of one kind call. Make the first one.</Text>
                {field}
                <Button type="submit" appearance="primary" disabledFocusable={!canMake}>
                  Make connector
                </Button>
              </>
            )}
          </ConnectorForm>
        ) : (
          <Text>{name} may see none. Ask an administrator for a key to a connector.</Text>
        )}
        <Button onClick={() => leave()}>Sign out</Button>
      </div>
    </main>
  );
}
