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
import { MostValues, shownAliases, valueColumn } from './search';

/** The columns that there are, with a mark at those that are shown. */
export function ColumnsChoice({ trigger, shown, aliases, onChange }: ColumnsMenuProps & { trigger: ReactElement }) {
  const areAll = shownAliases({ show: [...shown] }).length >= MostValues;
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
                <MenuGroupHeader>{areAll ? `Values: ${MostValues} at most. Hide one to show another.` : 'Values'}</MenuGroupHeader>
                {aliases.map((alias) => (
                  <MenuItemCheckbox
                    key={alias}
                    name="column"
                    value={valueColumn(alias)}
                    disabled={areAll && !shown.includes(valueColumn(alias))}
                  >
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
