import { Button } from '@fluentui/react-components';
import { ColumnTripleRegular } from '@fluentui/react-icons';
import { DeferredMenu } from '../../components/DeferredMenu';

export interface ColumnsMenuProps {
  /** Ids of the columns that are shown. */
  shown: readonly string[];
  /** Resources whose values can be shown, and those that are though they are no more. */
  aliases: readonly string[];
  onChange: (shown: string[]) => void;
}

/** Chooses the columns of the list. */
export function ColumnsMenu(props: ColumnsMenuProps) {
  return (
    <DeferredMenu load={() => import('./ColumnsChoice')} button={<Button icon={<ColumnTripleRegular />}>Columns</Button>}>
      {({ ColumnsChoice }, trigger) => <ColumnsChoice {...props} trigger={trigger} />}
    </DeferredMenu>
  );
}
