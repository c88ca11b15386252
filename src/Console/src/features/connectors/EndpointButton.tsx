import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { ChevronDownRegular, CopyRegular } from '@fluentui/react-icons';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { copyText } from '../../components/copy';
import { CopyButton } from '../../components/CopyButton';
import { useMessages } from '../../components/Messages';
import { configQuery } from '../access/config';
import { settingsQuery } from './connectors';
import { endpointsOf } from './endpoint';

/** Copies the name of the host that devices call; in developer mode the one for plain http, too. */
export function EndpointButton({ connector }: { connector: string }) {
  const { fqdn, protocol } = useSuspenseQuery(settingsQuery(connector)).data;
  const { data: config } = useQuery(configQuery);
  const messages = useMessages();
  const { https, http } = endpointsOf(connector, fqdn, protocol.devmode, config?.devmodeDomain ?? '');
  if (http === undefined) {
    return (
      <CopyButton text={https} label={`Copy ${https}`}>
        Copy endpoint
      </CopyButton>
    );
  }

  const copy = async (host: string) => {
    await copyText(host);
    messages.done(`Copied ${host}`);
  };

  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="subtle" icon={<CopyRegular />}>
          Copy endpoint <ChevronDownRegular aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuPopover style={{ maxWidth: 'calc(100vw - 16px)' }}>
        <MenuList>
          <MenuItem onClick={() => copy(https)} subText={https}>
            https
          </MenuItem>
          <MenuItem onClick={() => copy(http)} subText={http}>
            Plain http, developer mode
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
