import { makeStyles, Menu, MenuDivider, MenuItem, MenuItemRadio, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { AddRegular, SearchRegular } from '@fluentui/react-icons';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Suspense, useState, type ReactElement } from 'react';
import { deferredDialog } from '../../components/deferred';
import { useMay } from '../access/operator';
import { connectorsQuery } from './connectors';

const NewConnectorDialog = deferredDialog(async () => (await import('./NewConnectorDialog')).NewConnectorDialog);
const ConnectorSearchDialog = deferredDialog(async () => (await import('./ConnectorSearchDialog')).ConnectorSearchDialog);

/** With more connectors than these, one looks for them by name. */
const Many = 12;

const useStyles = makeStyles({
  popover: { maxHeight: '70vh', overflowY: 'auto', maxWidth: 'calc(100vw - 16px)' },
});

/** The connectors to go to, and the way to a new one. */
export function ConnectorChoice({ trigger, connector }: { trigger: ReactElement; connector: string }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const connectors = useSuspenseQuery(connectorsQuery).data;
  const isAdmin = useMay('admin');
  const [dialog, setDialog] = useState<'new' | 'search'>();
  const go = (to: string) => navigate({ to: '/connectors/$connector/devices', params: { connector: to } });
  const shown = connectors.length <= Many ? connectors : connectors.filter((one) => one.apiId === connector);
  return (
    <>
      <Menu
        defaultOpen
        checkedValues={{ connector: [connector] }}
        onCheckedValueChange={(_, { checkedItems }) => go(checkedItems[0] ?? connector)}
      >
        <MenuTrigger disableButtonEnhancement>{trigger}</MenuTrigger>
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
