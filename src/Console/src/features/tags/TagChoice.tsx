import { Input, makeStyles, Menu, MenuItemRadio, MenuList, MenuPopover, MenuTrigger, Text, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { sentenceOf } from '../../api/errors';
import type { TagColumnMenuProps } from './TagColumnMenu';
import { tagCountsQuery, tagNamesQuery } from './tagNames';

const useStyles = makeStyles({
  list: { maxHeight: '320px', overflowY: 'auto' },
  search: { width: '100%', marginBottom: tokens.spacingVerticalXS },
});

/** From so many names on they can be searched. */
const Many = 8;
const None = '';

/** The names of tags, of which one is chosen. */
export function TagChoice({ trigger, connector, tag, onChoose }: TagColumnMenuProps & { trigger: ReactElement }) {
  const [isOpen, setOpen] = useState(true);
  return (
    <Menu
      open={isOpen}
      onOpenChange={(_, { open }) => setOpen(open)}
      // All names and none are a value each; a name may be any text but an empty one.
      checkedValues={{ tag: [tag ?? None] }}
      onCheckedValueChange={(_, { checkedItems: [name] }) => onChoose(name === None ? undefined : name)}
    >
      <MenuTrigger disableButtonEnhancement>{trigger}</MenuTrigger>
      <MenuPopover>{isOpen && <Names connector={connector} />}</MenuPopover>
    </Menu>
  );
}

function Names({ connector }: { connector: string }) {
  const styles = useStyles();
  const [text, setText] = useState('');
  const names = useQuery(tagNamesQuery(connector));
  const counts = useQuery(tagCountsQuery(connector));
  const all = counts.data?.names ?? names.data?.names ?? [];
  const shown = all.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()));
  return (
    <>
      {all.length >= Many && (
        <Input
          className={styles.search}
          aria-label="Search in names of tags"
          placeholder="Search"
          value={text}
          onChange={(_, { value }) => setText(value)}
          // The menu would take letters for itself.
          onKeyDown={(event) => event.key.length === 1 && event.stopPropagation()}
        />
      )}
      <MenuList className={styles.list}>
        <MenuItemRadio name="tag" value={None}>
          Names of all tags
        </MenuItemRadio>
        {shown.map(({ name, count }) => (
          <MenuItemRadio key={name} name="tag" value={name} secondaryContent={count === undefined ? '' : String(count)}>
            {name}
          </MenuItemRadio>
        ))}
      </MenuList>
      {names.isPending && <Text size={200}>Loading</Text>}
      {names.error && <Text size={200}>{sentenceOf(names.error)}</Text>}
      {names.data !== undefined && all.length === 0 && <Text size={200}>No device has a tag yet.</Text>}
      {names.data?.mayLoadMore && <Text size={200}>Only the first {all.length} names are shown.</Text>}
    </>
  );
}
