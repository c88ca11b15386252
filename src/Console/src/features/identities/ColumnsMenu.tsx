import {
  Button,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItemCheckbox,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components';
import { ColumnTripleRegular } from '@fluentui/react-icons';
import { UsualColumns } from './columns';
import { valueColumn } from './search';

interface ColumnsMenuProps {
  /** Ids of the columns that are shown. */
  shown: readonly string[];
  /** Resources whose values can be shown. */
  aliases: readonly string[];
  onChange: (shown: string[]) => void;
}

/** Chooses the columns of the list. */
export function ColumnsMenu({ shown, aliases, onChange }: ColumnsMenuProps) {
  return (
    <Menu checkedValues={{ column: [...shown] }} onCheckedValueChange={(_, { checkedItems }) => onChange(checkedItems)} persistOnItemClick>
      <MenuTrigger disableButtonEnhancement>
        <Button icon={<ColumnTripleRegular />}>Columns</Button>
      </MenuTrigger>
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
