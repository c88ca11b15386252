import { Button, makeStyles, Text } from '@fluentui/react-components';
import { ChevronDownRegular } from '@fluentui/react-icons';
import { useSuspenseQuery } from '@tanstack/react-query';
import { DeferredMenu } from '../../components/DeferredMenu';
import { useMay } from '../access/operator';
import { connectorsQuery } from './connectors';

const useStyles = makeStyles({
  name: {
    maxWidth: '240px',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    '@media (max-width: 480px)': { maxWidth: '170px' },
  },
});

/** Name of the connector; a switcher where there are several, and the way to a new one. */
export function ConnectorMenu({ connector }: { connector: string }) {
  const styles = useStyles();
  const connectors = useSuspenseQuery(connectorsQuery).data;
  const isAdmin = useMay('admin');
  const name = connectors.find((one) => one.apiId === connector)?.name ?? connector;
  if (connectors.length < 2 && !isAdmin) {
    return (
      <Text weight="semibold" className={styles.name} title={name}>
        {name}
      </Text>
    );
  }

  return (
    <DeferredMenu
      load={() => import('./ConnectorChoice')}
      button={
        <Button icon={<ChevronDownRegular />} iconPosition="after" aria-label={`Connector ${name}`}>
          <span className={styles.name}>{name}</span>
        </Button>
      }
    >
      {({ ConnectorChoice }, trigger) => <ConnectorChoice trigger={trigger} connector={connector} />}
    </DeferredMenu>
  );
}
