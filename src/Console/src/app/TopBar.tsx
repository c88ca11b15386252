import {
  Button,
  makeStyles,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemLink,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Text,
  tokens,
} from '@fluentui/react-components';
import { PersonRegular } from '@fluentui/react-icons';
import { useSuspenseQuery } from '@tanstack/react-query';
import { CallsButton } from '../components/CallsButton';
import { operatorQuery } from '../features/access/operator';
import { leave, signedIn } from '../features/access/session';
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
  const { choice } = useTheme();

  const signOut = async () => {
    if (signedIn()?.kind === 'entra') {
      await (await import('../features/access/entra')).forget();
    }

    // The router hears of it, and goes to the sign-in page.
    leave();
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
          <Button appearance="subtle" icon={<PersonRegular />} className={styles.account} aria-label={`${operator.name}, ${operator.role}`}>
            <span className={styles.operator}>{operator.name}</span>
          </Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem disabled>
              {operator.name}, role {operator.role}
            </MenuItem>
            <MenuDivider />
            <MenuGroup>
              <MenuGroupHeader>Theme</MenuGroupHeader>
              <MenuItemRadio name="theme" value="system">
                As the system
              </MenuItemRadio>
              <MenuItemRadio name="theme" value="light">
                Light
              </MenuItemRadio>
              <MenuItemRadio name="theme" value="dark">
                Dark
              </MenuItemRadio>
            </MenuGroup>
            <MenuDivider />
            <MenuItemLink href="/docs" target="_blank" rel="noreferrer">
              API reference
            </MenuItemLink>
            <MenuItem onClick={signOut}>Sign out</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
    </header>
  );
}
