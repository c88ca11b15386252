import { Menu, MenuGroup, MenuGroupHeader, MenuItemRadio, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { FilterNames, valueIn, withValue } from './filterText';

const Any = 'any';

interface QuickFilterMenuProps {
  trigger: ReactElement;
  /** What is filtered by, and how each is called. */
  names: readonly (readonly [name: string, title: string])[];
  line: string;
  onChange: (line: string) => void;
}

/** The values of one or several filters; the one that is chosen goes into the line. */
export function QuickFilterMenu({ trigger, names, line, onChange }: QuickFilterMenuProps) {
  return (
    <Menu
      defaultOpen
      checkedValues={Object.fromEntries(names.map(([name]) => [name, [valueIn(line, name) ?? Any]]))}
      onCheckedValueChange={(_, { name, checkedItems: [value] }) =>
        onChange(withValue(line, name, value === Any || value === undefined ? undefined : value))
      }
    >
      <MenuTrigger disableButtonEnhancement>{trigger}</MenuTrigger>
      <MenuPopover>
        <MenuList>
          {names.map(([name, title]) => (
            <MenuGroup key={name}>
              {names.length > 1 && <MenuGroupHeader>{title}</MenuGroupHeader>}
              {[Any, ...(FilterNames[name] ?? [])].map((value) => (
                <MenuItemRadio key={value} name={name} value={value}>
                  {value}
                </MenuItemRadio>
              ))}
            </MenuGroup>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
