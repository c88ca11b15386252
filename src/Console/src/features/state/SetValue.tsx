import { Button, makeStyles, tokens, Tooltip } from '@fluentui/react-components';
import { CheckmarkCircleRegular, ClockRegular, EditRegular } from '@fluentui/react-icons';
import { useRef, useState } from 'react';
import type { Resource, StateEntry } from '../../api/schema';
import { useFocusBack } from '../../components/useFocusBack';
import { SetValueForm } from './SetValueForm';
import { ValueText } from './ValueText';
import { standingOf } from './values';

const useStyles = makeStyles({
  line: { display: 'flex', alignItems: 'flex-start', gap: tokens.spacingHorizontalXS },
  value: { minWidth: 0 },
  standing: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, fontSize: tokens.fontSizeBase200 },
  pending: { color: tokens.colorPaletteDarkOrangeForeground1 },
});

interface SetValueProps {
  connector: string;
  identity: string;
  alias: string;
  resource: Resource;
  entry: StateEntry | undefined;
  mayChange: boolean;
}

/** What the cloud set, whether the device has acknowledged it, and a way to set something else. */
export function SetValue({ connector, identity, alias, resource, entry, mayChange }: SetValueProps) {
  const styles = useStyles();
  const [isEditing, setEditing] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useFocusBack(place, isEditing);
  if (isEditing) {
    const close = () => setEditing(false);
    return (
      <div ref={place}>
        <SetValueForm connector={connector} identity={identity} alias={alias} resource={resource} entry={entry} onClose={close} />
      </div>
    );
  }

  return (
    <div ref={place}>
      <div className={styles.line}>
        <span className={styles.value}>{entry?.set === undefined ? 'nothing' : <ValueText value={entry.set} />}</span>
        {mayChange && (
          <Tooltip content={`Set ${alias}`} relationship="label">
            <Button size="small" appearance="subtle" icon={<EditRegular />} onClick={() => setEditing(true)} />
          </Tooltip>
        )}
      </div>
      <span role="status">
        <Standing standing={standingOf(resource, entry)} hasSync={resource.sync} />
      </span>
    </div>
  );
}

function Standing({ standing, hasSync }: { standing: ReturnType<typeof standingOf>; hasSync: boolean }) {
  const styles = useStyles();
  switch (standing) {
    case 'pending':
      return (
        <span className={styles.standing}>
          <ClockRegular className={styles.pending} aria-hidden />
          Pending: the device has not acknowledged it
        </span>
      );
    case 'agreed':
      return (
        hasSync && (
          <span className={styles.standing}>
            <CheckmarkCircleRegular aria-hidden />
            The device has it
          </span>
        )
      );
    case 'initial':
      return <span className={styles.standing}>Initial value; nothing is reported yet</span>;
    case 'none':
      return null;
  }
}
