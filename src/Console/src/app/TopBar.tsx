import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { PersonRegular } from '@fluentui/react-icons';
import { useSuspenseQuery } from '@tanstack/react-query';
import { CallsButton } from '../components/CallsButton';
import { DeferredMenu } from '../components/DeferredMenu';
import { operatorQuery } from '../features/access/operator';
import { ConnectorMenu } from '../features/connectors/ConnectorMenu';
import { EndpointButton } from '../features/connectors/EndpointButton';
import { SimulatedDevices } from '../features/identities/simulate/SimulatedDevices';
import iconUrl from './icon.svg';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    alignItems: 'center',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    '@media (max-width: 720px)': {
      padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
      gap: tokens.spacingHorizontalXS,
      '& > button': { minWidth: '32px', paddingInline: tokens.spacingHorizontalS },
    },
  },
  name: { '@media (max-width: 720px)': { display: 'none' } },
  gap: { flexGrow: 1, '@media (max-width: 480px)': { display: 'none' } },
  account: { maxWidth: '240px', '@media (max-width: 720px)': { minWidth: '32px', paddingInline: 0 } },
  operator: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', '@media (max-width: 720px)': { display: 'none' } },
});

/** Above all screens: which connector, where devices call it, who is here. */
export function TopBar({ connector }: { connector: string }) {
  const styles = useStyles();
  const operator = useSuspenseQuery(operatorQuery).data;
  return (
    <header className={styles.bar}>
      <img src={iconUrl} width={24} height={24} alt="" />
      <Text weight="semibold" className={styles.name}>
        Murano.Serverless
      </Text>
      <ConnectorMenu connector={connector} />
      <EndpointButton connector={connector} />
      <span className={styles.gap} />
      <SimulatedDevices />
      <CallsButton />
      <DeferredMenu
        load={() => import('./AccountMenu')}
        button={
          <Button appearance="subtle" icon={<PersonRegular />} className={styles.account} aria-label={`${operator.name}, ${operator.role}`}>
            <span className={styles.operator}>{operator.name}</span>
          </Button>
        }
      >
        {({ AccountMenu }, trigger) => <AccountMenu trigger={trigger} who={`${operator.name}, role ${operator.role}`} />}
      </DeferredMenu>
    </header>
  );
}
