import { Button, Menu, MenuGroup, MenuGroupHeader, MenuItemRadio, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { FilterRegular } from '@fluentui/react-icons';
import { FilterNames, valueIn, withValue } from './filterText';

const Any = 'any';

const Groups: Record<string, string> = {
  status: 'Status',
  online: 'Online',
  locked: 'Locked',
  auth: 'Auth type',
  devmode: 'Developer mode',
  reprovision: 'May activate once more',
};

/** Frequent filters as menus that write into the line. */
export function QuickFilters({ line, onChange }: { line: string; onChange: (line: string) => void }) {
  return (
    <>
      {(['status', 'online', 'locked'] as const).map((name) => (
        <Choice key={name} names={[name]} label={Groups[name] ?? name} line={line} onChange={onChange} />
      ))}
      <Choice names={['auth', 'devmode', 'reprovision']} label="More filters" line={line} onChange={onChange} />
    </>
  );
}

interface ChoiceProps {
  names: readonly string[];
  label: string;
  line: string;
  onChange: (line: string) => void;
}

function Choice({ names, label, line, onChange }: ChoiceProps) {
  const chosen = Object.fromEntries(names.map((name) => [name, valueIn(line, name)]));
  const only = names.length === 1 ? chosen[names[0] ?? ''] : undefined;
  const isOn = Object.values(chosen).some((value) => value !== undefined);
  return (
    <Menu
      checkedValues={Object.fromEntries(names.map((name) => [name, [chosen[name] ?? Any]]))}
      onCheckedValueChange={(_, { name, checkedItems: [value] }) =>
        onChange(withValue(line, name, value === Any || value === undefined ? undefined : value))
      }
    >
      <MenuTrigger disableButtonEnhancement>
        <Button appearance={isOn ? 'primary' : 'secondary'} icon={<FilterRegular />}>
          {only === undefined ? label : `${label}: ${only}`}
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {names.map((name) => (
            <MenuGroup key={name}>
              {names.length > 1 && <MenuGroupHeader>{Groups[name]}</MenuGroupHeader>}
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
