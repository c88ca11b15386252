import { mergeClasses } from '@fluentui/react-components';
import { ArrowDownRegular, ArrowUpRegular } from '@fluentui/react-icons';
import { flexRender, type Header } from '@tanstack/react-table';
import { useRowStyles } from './rowStyles';

/** Name of a column; a button where rows can be sorted by it. */
export function HeaderCell<T>({ header, isSortable }: { header: Header<T, unknown>; isSortable: boolean }) {
  const styles = useRowStyles();
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
