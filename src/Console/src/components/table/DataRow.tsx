import { Checkbox, mergeClasses } from '@fluentui/react-components';
import { flexRender, type ColumnDef, type Row } from '@tanstack/react-table';
import { createContext, memo, use, type KeyboardEvent } from 'react';
import { useRowStyles } from './rowStyles';

const ActiveRow = createContext<boolean | undefined>(undefined);

/** For what can be used in cells: 0 in the one row that Tab leads to and -1 in the others, so that it is reached from its row; 0 where there is no table. */
export const useRowTabIndex = (): 0 | -1 => (use(ActiveRow) === false ? -1 : 0);

interface DataRowProps<T> {
  row: Row<T>;
  columns: ColumnDef<T>[];
  index: number;
  /** Where it stands, in pixels from the first row. */
  start: number;
  template: string;
  minWidth: string;
  /** Undefined where rows cannot be chosen. */
  isChosen: boolean | undefined;
  /** Whether it is the row that Tab leads to. */
  isActive: boolean;
  isOpening: boolean;
  onToggle: (id: string) => void;
  onKey: (event: KeyboardEvent, index: number) => void;
  onClick: (row: T, index: number) => void;
}

function Drawn<T>(props: DataRowProps<T>) {
  const { row, index, start, template, minWidth, isChosen, isActive, isOpening, onToggle, onKey, onClick } = props;
  const styles = useRowStyles();
  return (
    <div
      role="row"
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={isChosen}
      tabIndex={isActive ? 0 : -1}
      className={mergeClasses(styles.row, styles.bodyRow, isChosen === true && styles.selected, isOpening && styles.opens)}
      style={{ gridTemplateColumns: template, minWidth, transform: `translateY(${start}px)` }}
      onClick={() => onClick(row.original, index)}
      onKeyDown={(event) => onKey(event, index)}
    >
      {isChosen !== undefined && (
        <div role="gridcell" className={styles.select} onClick={(event) => event.stopPropagation()}>
          <Checkbox aria-label={`Select ${row.id}`} checked={isChosen} onChange={() => onToggle(row.id)} tabIndex={-1} />
        </div>
      )}
      <ActiveRow value={isActive}>
        {row.getVisibleCells().map((cell) => (
          <div key={cell.id} role="gridcell" className={styles.cell}>
            {flexRender(cell.column.columnDef.cell, cell.getContext())}
          </div>
        ))}
      </ActiveRow>
    </div>
  );
}

// The table makes its rows anew whenever others come into sight. What a row shows depends on what it is made of.
const isSame = <T,>(one: DataRowProps<T>, other: DataRowProps<T>): boolean =>
  one.row.original === other.row.original &&
  one.columns === other.columns &&
  one.index === other.index &&
  one.start === other.start &&
  one.template === other.template &&
  one.minWidth === other.minWidth &&
  one.isChosen === other.isChosen &&
  one.isActive === other.isActive &&
  one.isOpening === other.isOpening;

/** A row of the table. */
export const DataRow = memo(Drawn, isSame) as typeof Drawn;
