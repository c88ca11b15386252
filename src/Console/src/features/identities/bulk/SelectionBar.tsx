import { Button, makeStyles, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, Text, tokens } from '@fluentui/react-components';
import { MoreHorizontalRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Settings } from '../../../api/schema';
import { countText } from '../../../format/count';
import { BulkDialog, type BulkKind } from './BulkDialog';
import type { Target } from './target';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: tokens.spacingHorizontalS,
    marginBottom: tokens.spacingVerticalS,
    backgroundColor: tokens.colorNeutralBackground1Selected,
    borderRadius: tokens.borderRadiusMedium,
  },
  text: { marginRight: tokens.spacingHorizontalS },
});

interface SelectionBarProps {
  connector: string;
  settings: Settings;
  selected: ReadonlySet<string>;
  /** Rows that are loaded. */
  rows: number;
  hasMore: boolean;
  /** As the list was asked for. */
  filter: string;
  /** How many pass the filter, when that is known. */
  total: number | undefined;
  onDone: () => void;
  onClear: () => void;
}

/** What can be done with the devices that are selected. */
export function SelectionBar({ connector, settings, selected, rows, hasMore, filter, total, onDone, onClear }: SelectionBarProps) {
  const styles = useStyles();
  const [allOf, setAllOf] = useState<ReadonlySet<string>>();
  const [kind, setKind] = useState<BulkKind>();
  // Whoever changes the selection after "all" means the selection.
  const areAll = allOf === selected;
  const target: Target = areAll ? { filter } : { identities: [...selected] };
  const isSettable = Object.values(settings.resources).some((resource) => resource.settable);
  const matching = total === undefined ? 'all' : `all ${countText(total)}`;
  return (
    <div className={styles.bar} role="toolbar" aria-label="Selected devices">
      <Text weight="semibold" role="status" className={styles.text}>
        {areAll
          ? `${matching === 'all' ? 'All' : `All ${countText(total ?? 0)}`} that match are selected`
          : `${countText(selected.size)} selected`}
      </Text>
      {!areAll && selected.size >= rows && hasMore && (
        <Button size="small" onClick={() => setAllOf(selected)}>
          Select {matching} that match
        </Button>
      )}
      <Button size="small" onClick={() => setKind('lock')}>
        Lock
      </Button>
      <Button size="small" onClick={() => setKind('unlock')}>
        Unlock
      </Button>
      <Button size="small" onClick={() => setKind('tag')}>
        Tags
      </Button>
      <Button size="small" onClick={() => setKind('delete')}>
        Delete
      </Button>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button size="small" icon={<MoreHorizontalRegular />} aria-label="More actions" />
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem disabled={!isSettable} onClick={() => setKind('state')}>
              Set a value
            </MenuItem>
            <MenuItem onClick={() => setKind('revoke')}>Revoke credentials</MenuItem>
            <MenuItem onClick={() => setKind('export')}>Export</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      <Button size="small" appearance="subtle" onClick={onClear}>
        Clear selection
      </Button>
      {kind !== undefined && (
        <BulkDialog
          connector={connector}
          settings={settings}
          kind={kind}
          target={target}
          onClose={() => setKind(undefined)}
          onDone={() => {
            setKind(undefined);
            onDone();
          }}
        />
      )}
    </div>
  );
}
