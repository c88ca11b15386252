import { Badge, makeStyles, tokens } from '@fluentui/react-components';
import { LockClosedRegular, MoreHorizontalRegular } from '@fluentui/react-icons';
import type { ListedIdentity, Resource, StateEntry } from '../../api/schema';
import { own } from '../../format/own';
import { useRowTabIndex } from '../../components/table/DataRow';
import { standingOf, textOf } from '../state/values';

const useStyles = makeStyles({
  line: {
    display: 'inline-flex',
    verticalAlign: 'middle',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    minWidth: 0,
    maxWidth: '100%',
  },
  quiet: { color: tokens.colorNeutralForeground3 },
  pending: { color: tokens.colorNeutralForeground2, fontStyle: 'italic' },
  menu: {
    width: '32px',
    height: '32px',
    padding: 0,
    border: 'none',
    borderRadius: tokens.borderRadiusMedium,
    background: 'none',
    color: 'inherit',
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
});

const StatusColors = { provisioned: 'success', whitelisted: 'informative', expired: 'warning', deleting: 'danger' } as const;

/** Where a device stands, in words. */
export function StatusCell({ device: { status, reprovision } }: { device: ListedIdentity }) {
  const styles = useStyles();
  return (
    <span className={styles.line}>
      <Badge appearance="tint" color={StatusColors[status]}>
        {status}
      </Badge>
      {reprovision && (
        <Badge appearance="outline" color="informative" title="It may activate once more">
          reprovision
        </Badge>
      )}
    </span>
  );
}

/** Whether a device is shut out. */
export function LockedCell({ isLocked }: { isLocked: boolean }) {
  const styles = useStyles();
  return isLocked ? (
    <span className={styles.line}>
      <LockClosedRegular aria-hidden fontSize={16} />
      locked
    </span>
  ) : (
    <span className={styles.quiet}>no</span>
  );
}

/** Names of a device's tags; or the values of the one that was chosen. */
export function TagsCell({ tags, chosen }: { tags: ListedIdentity['tags']; chosen: string | undefined }) {
  const styles = useStyles();
  const all = Object.entries(tags ?? {});
  if (chosen !== undefined) {
    const values = own(tags ?? {}, chosen) ?? [];
    return <span title={values.join('\n')}>{values.join(', ')}</span>;
  }

  return (
    <span className={styles.line} title={all.flatMap(([name, values]) => values.map((value) => `${name}=${value}`)).join('\n')}>
      {all.map(([name]) => (
        <Badge key={name} appearance="outline" color="informative">
          {name}
        </Badge>
      ))}
    </span>
  );
}

/** A value that the device reported, and one that was set and waits for it; before the first report, what the resource begins with. */
export function ValueCell({ entry, resource }: { entry: StateEntry | undefined; resource: Resource | undefined }) {
  const styles = useStyles();
  if (entry === undefined || resource === undefined) {
    return <span className={styles.quiet}>–</span>;
  }

  const set = textOf(entry.set);
  const reported = entry.reported === undefined ? '' : `${textOf(entry.reported)}${resource.unit === '' ? '' : ` ${resource.unit}`}`;
  switch (standingOf(resource, entry)) {
    case 'pending':
      return (
        <span title={`Reported: ${reported || 'nothing yet'}\nSet, and not yet acknowledged: ${set}`}>
          {reported}
          <span className={styles.pending}>{` → ${set} pending`}</span>
        </span>
      );
    case 'initial':
      return (
        <span className={styles.quiet} title="Initial value; nothing is reported yet">
          {set} initial
        </span>
      );
    case 'agreed':
    case 'none':
      return <span title={reported}>{reported || '–'}</span>;
  }
}

/** Opens the menu of a row. */
export function RowMenuButton({ identity, onOpen }: { identity: string; onOpen: (target: HTMLElement) => void }) {
  const styles = useStyles();
  return (
    <button
      type="button"
      className={styles.menu}
      aria-haspopup="menu"
      aria-label={`Actions for ${identity}`}
      tabIndex={useRowTabIndex()}
      onClick={(event) => {
        event.stopPropagation();
        onOpen(event.currentTarget);
      }}
    >
      <MoreHorizontalRegular fontSize={20} aria-hidden />
    </button>
  );
}
