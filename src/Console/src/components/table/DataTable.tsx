import { Checkbox, makeStyles, tokens } from '@fluentui/react-components';
import type { ColumnDef, RowData, SortingState } from '@tanstack/react-table';
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { DataRow } from './DataRow';
import { HeaderCell } from './HeaderCell';
import { RowHeight, useRowStyles } from './rowStyles';
import { useRowTable, useVisibleRows } from './useRows';

declare module '@tanstack/react-table' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- the declaration that is extended has them
  interface ColumnMeta<TData extends RowData, TValue> {
    /** Least width in pixels; columns share what is left. */
    minWidth?: number;
    /** How much of what is left; 1 when absent, 0 for none. */
    grow?: number;
    /** What stands in the header beside the name, such as a menu. */
    beside?: ReactNode;
  }
}

const SelectWidth = 44;
const DefaultMinWidth = 110;

const useStyles = makeStyles({
  frame: {
    flexGrow: 1,
    minHeight: '240px',
    height: 0,
    overflow: 'auto',
    position: 'relative',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  header: {
    position: 'sticky',
    top: 0,
    zIndex: 2,
    backgroundColor: tokens.colorNeutralBackground3,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  below: { padding: tokens.spacingHorizontalM, color: tokens.colorNeutralForeground2 },
});

interface DataTableProps<T> {
  /** What is listed, for screen readers. */
  label: string;
  columns: ColumnDef<T>[];
  rows: readonly T[];
  rowId: (row: T) => string;
  /** In which order; the page keeps it in its address. */
  sort?: SortingState | undefined;
  onSort?: ((sort: SortingState) => void) | undefined;
  /** Whether the rows come in that order already. Then only those in sight cost anything, however many there are. */
  isSorted?: boolean;
  /** Hidden columns by id. */
  hidden?: Record<string, boolean> | undefined;
  /** Chosen rows by id; undefined where rows cannot be chosen. */
  selected?: ReadonlySet<string> | undefined;
  onSelect?: ((selected: ReadonlySet<string>) => void) | undefined;
  /** Opens a row, by click or Enter. */
  onOpen?: ((row: T) => void) | undefined;
  /** Told which rows are drawn, by their place; the same function each time, please. */
  onSight?: ((first: number, last: number) => void) | undefined;
  /** Asked for when the last rows come into sight; undefined when there are no more. */
  onEnd?: (() => void) | undefined;
  /** Hears how many pixels are above what is in sight. */
  onScroll?: ((top: number) => void) | undefined;
  /** Stands below the last row. */
  below?: ReactNode;
  /** How many there are in all, when that is known. */
  total?: number | undefined;
}

/** The table of all screens: as many rows as there are, of which those in sight are drawn; by mouse or by keyboard (arrows, Home, End, Enter, Space). */
export function DataTable<T>(props: DataTableProps<T>) {
  const {
    label,
    columns,
    rows,
    rowId,
    sort,
    onSort,
    isSorted = false,
    hidden,
    selected,
    onSelect,
    onOpen,
    onSight,
    onEnd,
    onScroll,
    below,
    total,
  } = props;
  const styles = useStyles();
  const rowStyles = useRowStyles();
  const frame = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  // The row that is to have the focus as soon as it is drawn.
  const wanted = useRef<number>(undefined);

  // Rows that the table need not sort are made known to it when they come into sight: it spends time on each row that it knows.
  const virtual = useVisibleRows(rows.length, RowHeight, frame);
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? -1;
  const offset = isSorted ? first : 0;
  // eslint-disable-next-line react-hooks/preserve-manual-memoization -- the list of what is in sight cannot be compiled ahead
  const data = useMemo(() => (isSorted ? rows.slice(first, last + 1) : (rows as T[])), [isSorted, rows, first, last]);

  const table = useRowTable({ rows: data, columns, rowId, sort, onSort, isSorted, hidden });
  const shown = table.getRowModel().rows;
  const length = rows.length;

  useEffect(() => {
    onSight?.(first, last);
  }, [first, last, onSight]);
  useEffect(() => {
    if (last >= length - 20) {
      onEnd?.();
    }
  }, [last, length, onEnd]);

  const visible = table.getVisibleLeafColumns();
  const template = [
    ...(selected ? [`${SelectWidth}px`] : []),
    ...visible.map(({ columnDef: { meta } }) => {
      const width = meta?.minWidth ?? DefaultMinWidth;
      return meta?.grow === 0 ? `${width}px` : `minmax(${width}px, ${meta?.grow ?? 1}fr)`;
    }),
  ].join(' ');
  const minWidth = visible.reduce((sum, { columnDef: { meta } }) => sum + (meta?.minWidth ?? DefaultMinWidth), selected ? SelectWidth : 0);
  // Tab leads to the row that was left, or to the first in sight when that one is not drawn.
  const tabStop = active >= first && active <= last ? active : first;
  const layout = { gridTemplateColumns: template, minWidth: `${minWidth}px` };

  const toggle = (id: string) => {
    const next = new Set(selected);
    if (!next.delete(id)) {
      next.add(id);
    }

    onSelect?.(next);
  };

  const focusWanted = () => {
    if (wanted.current !== undefined && wanted.current >= length) {
      // It went before it was drawn; another that may stand there one day is not the one that was wanted.
      wanted.current = undefined;
    }

    const row = wanted.current === undefined ? null : frame.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"]`);
    if (row) {
      wanted.current = undefined;
      row.focus();
    }
  };
  useEffect(focusWanted);

  const focus = (index: number) => {
    const to = Math.max(0, Math.min(length - 1, index));
    setActive(to);
    virtual.scrollToIndex(to);
    wanted.current = to;
    focusWanted();
  };

  const onKeyDown = (event: KeyboardEvent, index: number) => {
    // A key that is meant for something within the row is not for the row.
    const row = event.target === event.currentTarget ? shown[index - offset] : undefined;
    const page = Math.max(1, Math.floor((frame.current?.clientHeight ?? RowHeight) / RowHeight) - 2);
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -index,
      End: length - 1 - index,
    };
    const step = steps[event.key];
    if (row === undefined) {
      return;
    } else if (step !== undefined) {
      focus(index + step);
    } else if (event.key === 'Enter' && onOpen) {
      onOpen(row.original);
    } else if (event.key === ' ' && selected) {
      toggle(row.id);
    } else {
      return;
    }

    event.preventDefault();
  };

  // The same functions for as long as the table is there, so that rows that did not change are not drawn again.
  const acts = { toggle, onKeyDown, onOpen };
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  const onToggle = useCallback((id: string) => latest.current.toggle(id), []);
  const onRowKey = useCallback((event: KeyboardEvent, index: number) => latest.current.onKeyDown(event, index), []);
  const onRowClick = useCallback((row: T, index: number) => {
    setActive(index);
    latest.current.onOpen?.(row);
  }, []);

  const areAll = selected !== undefined && length > 0 && selected.size >= length && rows.every((row) => selected.has(rowId(row)));
  const areSome = selected !== undefined && selected.size > 0;
  return (
    <div
      ref={frame}
      className={styles.frame}
      onScroll={onScroll && ((event) => onScroll(event.currentTarget.scrollTop))}
      role="grid"
      aria-label={label}
      aria-rowcount={total !== undefined ? total + 1 : onEnd ? -1 : length + 1}
      aria-multiselectable={selected ? true : undefined}
    >
      <div role="rowgroup" className={styles.header} style={{ minWidth: layout.minWidth }}>
        <div role="row" aria-rowindex={1} className={rowStyles.row} style={layout}>
          {selected && (
            <div role="columnheader" className={rowStyles.select}>
              <Checkbox
                aria-label="Select all rows that are loaded"
                checked={areAll ? true : areSome ? 'mixed' : false}
                onChange={() => onSelect?.(new Set(areAll ? [] : rows.map(rowId)))}
              />
            </div>
          )}
          {table.getHeaderGroups()[0]?.headers.map((header) => (
            <HeaderCell key={header.id} header={header} isSortable={onSort !== undefined} />
          ))}
        </div>
      </div>
      <div role="rowgroup" style={{ position: 'relative', height: `${virtual.getTotalSize()}px`, minWidth: layout.minWidth }}>
        {items.map(({ index, start }) => {
          const row = shown[index - offset];
          return (
            row && (
              <DataRow
                key={row.id}
                row={row}
                columns={columns}
                index={index}
                start={start}
                template={layout.gridTemplateColumns}
                minWidth={layout.minWidth}
                isChosen={selected?.has(row.id)}
                isActive={index === tabStop}
                isOpening={onOpen !== undefined}
                onToggle={onToggle}
                onKey={onRowKey}
                onClick={onRowClick}
              />
            )
          );
        })}
      </div>
      {below !== undefined && <div className={styles.below}>{below}</div>}
    </div>
  );
}
