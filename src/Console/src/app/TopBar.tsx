import {
  Button,
  makeStyles,
  Menu,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Text,
  tokens,
} from '@fluentui/react-components';
import { PersonRegular } from '@fluentui/react-icons';
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { CallsButton } from '../components/CallsButton';
import { operatorQuery } from '../features/access/operator';
import { leave } from '../features/access/session';
import { ConnectorMenu } from '../features/connectors/ConnectorMenu';
import { EndpointButton } from '../features/connectors/EndpointButton';
import { SimulatedDevices } from '../features/identities/simulate/SimulatedDevices';
import iconUrl from './icon.svg';
import { chooseTheme, useTheme, type ThemeChoice } from './theme';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    alignItems: 'center',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    '@media (max-width: 720px)': { padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}` },
  },
  name: { '@media (max-width: 720px)': { display: 'none' } },
  gap: { flexGrow: 1 },
});

/** Above all screens: which connector, where devices call it, who is here. */
export function TopBar({ connector }: { connector: string }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const operator = useSuspenseQuery(operatorQuery).data;
  const { choice } = useTheme();

  const signOut = async () => {
    leave();
    cache.clear();
    await navigate({ to: '/sign-in' });
  };

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
      <Menu checkedValues={{ theme: [choice] }} onCheckedValueChange={(_, { checkedItems }) => chooseTheme(checkedItems[0] as ThemeChoice)}>
        <MenuTrigger disableButtonEnhancement>
          <Button appearance="subtle" icon={<PersonRegular />} aria-label={`${operator.name}, ${operator.role}`}>
            {operator.name}
          </Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem disabled>Role: {operator.role}</MenuItem>
            <MenuItemRadio name="theme" value="system">
              Theme of the system
            </MenuItemRadio>
            <MenuItemRadio name="theme" value="light">
              Light
            </MenuItemRadio>
            <MenuItemRadio name="theme" value="dark">
              Dark
            </MenuItemRadio>
            <MenuItem onClick={() => window.open('/docs')}>API reference</MenuItem>
            <MenuItem onClick={signOut}>Sign out</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
    </header>
  );
}
