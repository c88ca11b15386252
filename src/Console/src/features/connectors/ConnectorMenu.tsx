import {
  Button,
  Menu,
  MenuDivider,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  Text,
} from '@fluentui/react-components';
import { AddRegular, ChevronDownRegular, SearchRegular } from '@fluentui/react-icons';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useMay } from '../access/operator';
import { connectorsQuery } from './connectors';

const NewConnectorDialog = lazy(async () => ({ default: (await import('./NewConnectorDialog')).NewConnectorDialog }));
const ConnectorSearchDialog = lazy(async () => ({ default: (await import('./ConnectorSearchDialog')).ConnectorSearchDialog }));

/** With more connectors than these, one looks for them by name. */
const Many = 12;

const useStyles = makeStyles({
  name: {
    maxWidth: '240px',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    '@media (max-width: 480px)': { maxWidth: '170px' },
  },
  popover: { maxHeight: '70vh', overflowY: 'auto', maxWidth: 'calc(100vw - 16px)' },
});

/** Name of the connector; a switcher where there are several, and the way to a new one. */
export function ConnectorMenu({ connector }: { connector: string }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const connectors = useSuspenseQuery(connectorsQuery).data;
  const isAdmin = useMay('admin');
  const [dialog, setDialog] = useState<'new' | 'search'>();
  const name = connectors.find((one) => one.apiId === connector)?.name ?? connector;
  if (connectors.length < 2 && !isAdmin) {
    return (
      <Text weight="semibold" className={styles.name} title={name}>
        {name}
      </Text>
    );
  }

  const go = (to: string) => navigate({ to: '/connectors/$connector/devices', params: { connector: to } });
  const shown = connectors.length <= Many ? connectors : connectors.filter((one) => one.apiId === connector);
  return (
    <>
      <Menu checkedValues={{ connector: [connector] }} onCheckedValueChange={(_, { checkedItems }) => go(checkedItems[0] ?? connector)}>
        <MenuTrigger disableButtonEnhancement>
          <Button icon={<ChevronDownRegular />} iconPosition="after" aria-label={`Connector ${name}`}>
            <span className={styles.name}>{name}</span>
          </Button>
        </MenuTrigger>
        <MenuPopover className={styles.popover}>
          <MenuList>
            {shown.map((one) => (
              <MenuItemRadio key={one.apiId} name="connector" value={one.apiId} subText={one.apiId}>
                {one.name}
              </MenuItemRadio>
            ))}
            {connectors.length > Many && (
              <MenuItem icon={<SearchRegular />} onClick={() => setDialog('search')}>
                Find one of {connectors.length}…
              </MenuItem>
            )}
            {isAdmin && (
              <>
                <MenuDivider />
                <MenuItem icon={<AddRegular />} onClick={() => setDialog('new')}>
                  New connector…
                </MenuItem>
              </>
            )}
          </MenuList>
        </MenuPopover>
      </Menu>
      <Suspense>
        {dialog === 'new' && <NewConnectorDialog onClose={() => setDialog(undefined)} onMade={go} />}
        {dialog === 'search' && <ConnectorSearchDialog connectors={connectors} onClose={() => setDialog(undefined)} onChoose={go} />}
      </Suspense>
    </>
  );
}
