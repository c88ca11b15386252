import {
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItemCheckbox,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { ColumnsMenuProps } from './ColumnsMenu';
import { UsualColumns } from './columns';
import { valueColumn } from './search';

/** The columns that there are, with a mark at those that are shown. */
export function ColumnsChoice({ trigger, shown, aliases, onChange }: ColumnsMenuProps & { trigger: ReactElement }) {
  return (
    <Menu
      defaultOpen
      checkedValues={{ column: [...shown] }}
      onCheckedValueChange={(_, { checkedItems }) => onChange(checkedItems)}
      persistOnItemClick
    >
      <MenuTrigger disableButtonEnhancement>{trigger}</MenuTrigger>
      <MenuPopover>
        <MenuList style={{ maxHeight: '60vh', overflowY: 'auto' }}>
          <MenuGroup>
            <MenuGroupHeader>Device</MenuGroupHeader>
            {Object.entries(UsualColumns).map(([id, name]) => (
              <MenuItemCheckbox key={id} name="column" value={id}>
                {name}
              </MenuItemCheckbox>
            ))}
          </MenuGroup>
          {aliases.length > 0 && (
            <>
              <MenuDivider />
              <MenuGroup>
                <MenuGroupHeader>Values</MenuGroupHeader>
                {aliases.map((alias) => (
                  <MenuItemCheckbox key={alias} name="column" value={valueColumn(alias)}>
                    {alias}
                  </MenuItemCheckbox>
                ))}
              </MenuGroup>
            </>
          )}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
