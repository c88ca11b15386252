import { Button } from '@fluentui/react-components';
import { FilterRegular } from '@fluentui/react-icons';
import { DeferredMenu } from '../../../components/DeferredMenu';
import { valueIn } from './filterText';

const Groups: { label: string; names: readonly (readonly [name: string, title: string])[] }[] = [
  { label: 'Status', names: [['status', 'Status']] },
  { label: 'Online', names: [['online', 'Online']] },
  { label: 'Locked', names: [['locked', 'Locked']] },
  {
    label: 'More filters',
    names: [
      ['auth', 'Auth type'],
      ['devmode', 'Developer mode'],
      ['reprovision', 'May activate once more'],
    ],
  },
];

/** Frequent filters as menus that write into the line. */
export function QuickFilters({ line, onChange }: { line: string; onChange: (line: string) => void }) {
  return Groups.map(({ label, names }) => {
    const chosen = names.map(([name]) => valueIn(line, name)).filter((value) => value !== undefined);
    return (
      <DeferredMenu
        key={label}
        load={() => import('./QuickFilterMenu')}
        button={
          <Button appearance={chosen.length > 0 ? 'primary' : 'secondary'} icon={<FilterRegular />}>
            {names.length === 1 && chosen.length > 0 ? `${label}: ${chosen[0]}` : label}
          </Button>
        }
      >
        {({ QuickFilterMenu }, trigger) => <QuickFilterMenu trigger={trigger} names={names} line={line} onChange={onChange} />}
      </DeferredMenu>
    );
  });
}
