import { makeStyles, tokens } from '@fluentui/react-components';

/** Height of a row in pixels. */
export const RowHeight = 40;

/** How rows and cells of the table look. */
export const useRowStyles = makeStyles({
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
  /** A cell with a box to tick, which needs no ellipsis. */
  select: { minWidth: 0 },
  head: { display: 'flex', alignItems: 'center', fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase200 },
  sort: {
    padding: 0,
    minHeight: '24px',
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
});
