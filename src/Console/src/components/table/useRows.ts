import { getCoreRowModel, getSortedRowModel, useReactTable, type ColumnDef, type SortingState, type Table } from '@tanstack/react-table';
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';

/** The same each time, so that nothing is sorted anew. */
const NoSort: SortingState = [];

interface TableOptions<T> {
  rows: readonly T[];
  columns: ColumnDef<T>[];
  rowId: (row: T) => string;
  sort: SortingState | undefined;
  onSort: ((sort: SortingState) => void) | undefined;
  isSorted: boolean;
  hidden: Record<string, boolean> | undefined;
}

// Both libraries keep some of the functions that they are given first. What such a function could see, it keeps alive: here that is next to nothing, in the
// component that draws it would be all rows of that moment.

/** The table of some rows. */
export function useRowTable<T>({ rows, columns, rowId, sort, onSort, isSorted, hidden }: TableOptions<T>): Table<T> {
  return useReactTable<T>({
    data: rows as T[],
    columns,
    getRowId: rowId,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
    manualSorting: isSorted,
    // There are no pages. The library would begin at the first one after each change of rows, and draw everything once more for that.
    autoResetPageIndex: false,
    enableSortingRemoval: false,
    enableMultiSort: false,
    state: {
      sorting: sort ?? NoSort,
      columnVisibility: Object.fromEntries(Object.entries(hidden ?? {}).map(([id, isHidden]) => [id, !isHidden])),
    },
    onSortingChange: (change) => onSort?.(typeof change === 'function' ? change(sort ?? []) : change),
  });
}

/** Which of so many rows are in sight. */
export function useVisibleRows(
  count: number,
  height: number,
  frame: RefObject<HTMLDivElement | null>,
): Virtualizer<HTMLDivElement, Element> {
  return useVirtualizer({ count, getScrollElement: () => frame.current, estimateSize: () => height, overscan: 12 });
}
