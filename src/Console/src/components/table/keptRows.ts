import { createRow, type Row, type RowData, type RowModel, type Table } from '@tanstack/react-table';

/**
 * Rows of a table as the library makes them, but those of data that was there before are kept. A list of thousands to which some are added several times a
 * second would else be made anew each time.
 */
export function keptRows<T extends RowData>() {
  return (table: Table<T>): (() => RowModel<T>) => {
    let kept = new Map<T, Row<T>>();
    let columns: unknown;
    let data: unknown;
    let model: RowModel<T> = { rows: [], flatRows: [], rowsById: {} };
    return () => {
      const { options } = table;
      if (columns !== options.columns) {
        // A row remembers what its columns said.
        columns = options.columns;
        kept = new Map();
        data = undefined;
      }

      if (data !== options.data) {
        data = options.data;
        const next = new Map<T, Row<T>>();
        const rows = options.data.map((original, index) => {
          const row = kept.get(original) ?? createRow(table, table._getRowId(original, index), original, index, 0);
          row.index = index;
          next.set(original, row);
          return row;
        });
        kept = next;
        model = { rows, flatRows: rows, rowsById: Object.fromEntries(rows.map((row) => [row.id, row])) };
      }

      return model;
    };
  };
}
