import { Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useMessages } from '../../components/Messages';
import { useCopy } from '../../components/useCopy';

interface EndpointMenuProps {
  trigger: ReactElement;
  /** Host for https. */
  https: string;
  /** Host for plain http. */
  http: string;
}

/** Which of the two hosts is to be copied. */
export function EndpointMenu({ trigger, https, http }: EndpointMenuProps) {
  const messages = useMessages();
  const copy = useCopy();
  const copyHost = async (host: string) => {
    if (await copy(host)) {
      messages.done(`Copied ${host}`);
    }
  };

  return (
    <Menu defaultOpen>
      <MenuTrigger disableButtonEnhancement>{trigger}</MenuTrigger>
      <MenuPopover style={{ maxWidth: 'calc(100vw - 16px)' }}>
        <MenuList>
          <MenuItem onClick={() => copyHost(https)} subText={https}>
            https
          </MenuItem>
          <MenuItem onClick={() => copyHost(http)} subText={http}>
            Plain http, developer mode
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
