import { makeStyles, tokens } from '@fluentui/react-components';
import {
  ArrowDownLeftRegular,
  ArrowUpRightRegular,
  DeleteRegular,
  DismissCircleRegular,
  DocumentArrowUpRegular,
  HourglassRegular,
  KeyRegular,
  PlugConnectedRegular,
  PlugDisconnectedRegular,
  QuestionCircleRegular,
  WarningRegular,
  type FluentIcon,
} from '@fluentui/react-icons';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useRef } from 'react';
import { DataTable } from '../../components/table/DataTable';
import { clockText, summaryOf, typeText } from './eventText';
import type { LiveEvent } from './liveEvent';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: '240px' },
  mono: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
});

const mark = {
  display: 'inline-flex',
  alignItems: 'center',
  gap: tokens.spacingHorizontalXS,
  paddingInline: tokens.spacingHorizontalXS,
  borderRadius: tokens.borderRadiusMedium,
  fontSize: tokens.fontSizeBase200,
  fontWeight: tokens.fontWeightSemibold,
} as const;

const useMarkStyles = makeStyles({
  usual: { ...mark, color: tokens.colorNeutralForeground1 },
  lost: { ...mark, color: tokens.colorStatusWarningForeground1, backgroundColor: tokens.colorStatusWarningBackground1 },
  bad: { ...mark, color: tokens.colorStatusDangerForeground1, backgroundColor: tokens.colorStatusDangerBackground1 },
  icon: { fontSize: '16px' },
});

const Icons: Readonly<Record<string, FluentIcon>> = {
  connect: PlugConnectedRegular,
  disconnect: PlugDisconnectedRegular,
  provisioned: KeyRegular,
  data_in: ArrowUpRightRegular,
  data_out: ArrowDownLeftRegular,
  content_in: DocumentArrowUpRegular,
  deleted: DeleteRegular,
  expired: HourglassRegular,
  refused: DismissCircleRegular,
  dropped: WarningRegular,
};

interface LogTableProps {
  /** Newest first. */
  events: readonly LiveEvent[];
  /** Why there are none, as a sentence. */
  whyNone: string;
  hasDevice: boolean;
  isPaused: boolean;
  /** Somebody reads: rows should stay where they are. */
  onRead: () => void;
  /** Whoever scrolled away from the newest is back there. */
  onBack: () => void;
  onOpen: (event: LiveEvent) => void;
}

/** The events as a table. Who scrolls down or goes into it with keys or mouse wants rows to stay where they are. */
export function LogTable({ events, whyNone, hasDevice, isPaused, onRead, onBack, onOpen }: LogTableProps) {
  const styles = useStyles();
  const isScrolled = useRef(false);
  const columns = useMemo(() => columnsOf(hasDevice, styles.mono), [hasDevice, styles.mono]);

  const onScroll = (top: number) => {
    if (top > 0 && !isPaused) {
      isScrolled.current = true;
      onRead();
    } else if (top === 0 && isScrolled.current) {
      isScrolled.current = false;
      onBack();
    }
  };

  const onFocus = () => {
    isScrolled.current = false;
    onRead();
  };

  return (
    <div className={styles.box} onFocus={onFocus}>
      <DataTable
        label="Events, newest first"
        columns={columns}
        rows={events}
        rowId={rowId}
        isSorted
        onOpen={onOpen}
        onScroll={onScroll}
        below={events.length === 0 ? whyNone : undefined}
      />
    </div>
  );
}

const rowId = ({ key }: LiveEvent): string => key.toString();

function columnsOf(hasDevice: boolean, mono: string): ColumnDef<LiveEvent>[] {
  const device: ColumnDef<LiveEvent> = {
    id: 'identity',
    header: 'Device',
    meta: { minWidth: 150, grow: 1 },
    cell: ({ row }) => <span title={row.original.identity}>{row.original.identity ?? 'not known'}</span>,
  };
  return [
    {
      id: 'time',
      header: 'Time',
      meta: { minWidth: 110, grow: 0 },
      cell: ({ row }) => <span className={mono}>{clockText(row.original.timestamp)}</span>,
    },
    { id: 'type', header: 'Type', meta: { minWidth: 136, grow: 0 }, cell: ({ row }) => <TypeMark type={row.original.type} /> },
    ...(hasDevice ? [device] : []),
    {
      id: 'what',
      header: 'What happened',
      meta: { minWidth: 260, grow: 3 },
      cell: ({ row }) => <span title={summaryOf(row.original)}>{summaryOf(row.original)}</span>,
    },
    { id: 'ip', header: 'Address', meta: { minWidth: 120, grow: 0 }, cell: ({ row }) => row.original.ip ?? '' },
  ];
}

// Many are drawn many times a second, so it is as plain as can be.
function TypeMark({ type }: { type: string }) {
  const styles = useMarkStyles();
  const Icon = Icons[type] ?? QuestionCircleRegular;
  return (
    <span className={type === 'refused' ? styles.bad : type === 'dropped' ? styles.lost : styles.usual}>
      <Icon aria-hidden className={styles.icon} />
      {typeText(type)}
    </span>
  );
}
