import { makeStyles, MenuButton } from '@fluentui/react-components';
import { TagRegular } from '@fluentui/react-icons';
import { DeferredMenu } from '../../components/DeferredMenu';

const useStyles = makeStyles({
  button: { minWidth: '24px', minHeight: '24px' },
});

export interface TagColumnMenuProps {
  connector: string;
  /** Name of the tag that is chosen. */
  tag: string | undefined;
  onChoose: (tag: string | undefined) => void;
}

/** In the header of the tags: chooses the name whose values are shown. */
export function TagColumnMenu(props: TagColumnMenuProps) {
  const styles = useStyles();
  return (
    <DeferredMenu
      load={() => import('./TagChoice')}
      button={<MenuButton className={styles.button} appearance="subtle" size="small" icon={<TagRegular />} aria-label="Choose a tag" />}
    >
      {({ TagChoice }, trigger) => <TagChoice {...props} trigger={trigger} />}
    </DeferredMenu>
  );
}
