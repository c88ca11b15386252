import { Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { copyText } from '../../components/copy';
import { useMessages } from '../../components/Messages';

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
  const copy = async (host: string) => {
    await copyText(host);
    messages.done(`Copied ${host}`);
  };

  return (
    <Menu defaultOpen>
      <MenuTrigger disableButtonEnhancement>{trigger}</MenuTrigger>
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
