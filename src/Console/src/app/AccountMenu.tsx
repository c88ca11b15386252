import {
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
} from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { leave } from '../features/access/session';
import { chooseTheme, useTheme, type ThemeChoice } from './theme';

interface AccountMenuProps {
  trigger: ReactElement;
  /** Who is here, as a sentence has it. */
  who: string;
}

/** Who is here, how the page looks, and the way out. */
export function AccountMenu({ trigger, who }: AccountMenuProps) {
  const { choice } = useTheme();

  // The router hears of it, and goes to the sign-in page.
  const signOut = () => leave();

  return (
    <Menu
      defaultOpen
      checkedValues={{ theme: [choice] }}
      onCheckedValueChange={(_, { checkedItems }) => chooseTheme(checkedItems[0] as ThemeChoice)}
    >
      <MenuTrigger disableButtonEnhancement>{trigger}</MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem disabled>{who}</MenuItem>
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
  );
}
