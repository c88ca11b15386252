import { Checkbox, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ArrowDownRegular, ArrowUpRegular } from '@fluentui/react-icons';
import { flexRender, type ColumnDef, type Header, type RowData, type SortingState } from '@tanstack/react-table';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
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

const RowHeight = 40;
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
  row: {
    display: 'grid',
    alignItems: 'center',
    height: `${RowHeight}px`,
  },
  bodyRow: {
    position: 'absolute',
    top: 0,
    left: 0,
    width: '100%',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  opens: { cursor: 'pointer' },
  selected: { backgroundColor: tokens.colorNeutralBackground1Selected },
  cell: {
    paddingInline: tokens.spacingHorizontalS,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    minWidth: 0,
  },
  head: { display: 'flex', alignItems: 'center', fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase200 },
  sort: {
    padding: 0,
    border: 'none',
    background: 'none',
    color: 'inherit',
    font: 'inherit',
    cursor: 'pointer',
    display: 'inline-flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXXS,
    overflow: 'hidden',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  below: { padding: tokens.spacingHorizontalM, color: tokens.colorNeutralForeground2 },
});

export interface DataTableProps<T> {
  /** What is listed, for screen readers. */
  label: string;
  columns: ColumnDef<T>[];
  rows: readonly T[];
  rowId: (row: T) => string;
  /** In which order; the page keeps it in its address. */
  sort?: SortingState | undefined;
  onSort?: ((sort: SortingState) => void) | undefined;
  /** Whether the rows come in that order already. */
  isSorted?: boolean;
  /** Hidden columns by id. */
  hidden?: Record<string, boolean> | undefined;
  /** Chosen rows by id; undefined where rows cannot be chosen. */
  selected?: ReadonlySet<string> | undefined;
  onSelect?: ((selected: ReadonlySet<string>) => void) | undefined;
  /** Opens a row, by click or Enter. */
  onOpen?: ((row: T) => void) | undefined;
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
    onEnd,
    onScroll,
    below,
    total,
  } = props;
  const styles = useStyles();
  const frame = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);

  const table = useRowTable({ rows, columns, rowId, sort, onSort, isSorted, hidden });
  const shown = table.getRowModel().rows;
  const virtual = useVisibleRows(shown.length, RowHeight, frame);
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (last >= shown.length - 20) {
      onEnd?.();
    }
  }, [last, shown.length, onEnd]);

  const visible = table.getVisibleLeafColumns();
  const template = [
    ...(selected ? [`${SelectWidth}px`] : []),
    ...visible.map(({ columnDef: { meta } }) => {
      const width = meta?.minWidth ?? DefaultMinWidth;
      return meta?.grow === 0 ? `${width}px` : `minmax(${width}px, ${meta?.grow ?? 1}fr)`;
    }),
  ].join(' ');
  const minWidth = visible.reduce((sum, { columnDef: { meta } }) => sum + (meta?.minWidth ?? DefaultMinWidth), selected ? SelectWidth : 0);
  const layout = { gridTemplateColumns: template, minWidth: `${minWidth}px` };

  const toggle = (id: string) => {
    const next = new Set(selected);
    if (!next.delete(id)) {
      next.add(id);
    }

    onSelect?.(next);
  };

  const focus = (index: number) => {
    const to = Math.max(0, Math.min(shown.length - 1, index));
    setActive(to);
    virtual.scrollToIndex(to);
    requestAnimationFrame(() => frame.current?.querySelector<HTMLElement>(`[data-index="${to}"]`)?.focus());
  };

  const onKeyDown = (event: KeyboardEvent, index: number) => {
    // A key that is meant for something within the row is not for the row.
    const row = event.target === event.currentTarget ? shown[index] : undefined;
    const page = Math.max(1, Math.floor((frame.current?.clientHeight ?? RowHeight) / RowHeight) - 2);
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -index,
      End: shown.length - 1 - index,
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

  const areAll = selected !== undefined && shown.length > 0 && shown.every((row) => selected.has(row.id));
  const areSome = selected !== undefined && selected.size > 0;
  return (
    <div
      ref={frame}
      className={styles.frame}
      onScroll={onScroll && ((event) => onScroll(event.currentTarget.scrollTop))}
      role="grid"
      aria-label={label}
      aria-rowcount={total ?? (onEnd ? -1 : shown.length + 1)}
      aria-multiselectable={selected ? true : undefined}
    >
      <div role="rowgroup" className={styles.header} style={{ minWidth: layout.minWidth }}>
        <div role="row" aria-rowindex={1} className={styles.row} style={layout}>
          {selected && (
            <div role="columnheader" className={styles.cell}>
              <Checkbox
                aria-label="Select all rows that are loaded"
                checked={areAll ? true : areSome ? 'mixed' : false}
                onChange={() => onSelect?.(new Set(areAll ? [] : shown.map((row) => row.id)))}
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
          const row = shown[index];
          if (row === undefined) {
            return null;
          }

          const isChosen = selected?.has(row.id) ?? false;
          return (
            <div
              key={row.id}
              role="row"
              data-index={index}
              aria-rowindex={index + 2}
              aria-selected={selected ? isChosen : undefined}
              tabIndex={index === Math.min(active, shown.length - 1) ? 0 : -1}
              className={mergeClasses(styles.row, styles.bodyRow, isChosen && styles.selected, onOpen && styles.opens)}
              style={{ ...layout, transform: `translateY(${start}px)` }}
              onClick={() => {
                setActive(index);
                onOpen?.(row.original);
              }}
              onKeyDown={(event) => onKeyDown(event, index)}
            >
              {selected && (
                <div role="gridcell" className={styles.cell} onClick={(event) => event.stopPropagation()}>
                  <Checkbox aria-label={`Select ${row.id}`} checked={isChosen} onChange={() => toggle(row.id)} tabIndex={-1} />
                </div>
              )}
              {row.getVisibleCells().map((cell) => (
                <div key={cell.id} role="gridcell" className={styles.cell}>
                  {flexRender(cell.column.columnDef.cell, cell.getContext())}
                </div>
              ))}
            </div>
          );
        })}
      </div>
      {below !== undefined && <div className={styles.below}>{below}</div>}
    </div>
  );
}

function HeaderCell<T>({ header, isSortable }: { header: Header<T, unknown>; isSortable: boolean }) {
  const styles = useStyles();
  const { column } = header;
  const order = column.getIsSorted();
  const name = flexRender(column.columnDef.header, header.getContext());
  const canSort = isSortable && column.getCanSort();
  return (
    <div
      role="columnheader"
      className={mergeClasses(styles.cell, styles.head)}
      aria-sort={!canSort ? undefined : order === false ? 'none' : order === 'asc' ? 'ascending' : 'descending'}
    >
      {canSort ? (
        <button type="button" className={styles.sort} onClick={() => column.toggleSorting()}>
          {name}
          {order === 'asc' && <ArrowUpRegular aria-hidden />}
          {order === 'desc' && <ArrowDownRegular aria-hidden />}
        </button>
      ) : (
        name
      )}
      {column.columnDef.meta?.beside}
    </div>
  );
}
