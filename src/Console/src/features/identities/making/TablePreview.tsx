import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { devicesText } from '../../jobs/jobText';
import type { IdentityTable } from './csv';

const useStyles = makeStyles({
  frame: { overflowX: 'auto', marginBlock: tokens.spacingVerticalS },
  table: { borderCollapse: 'collapse', fontSize: tokens.fontSizeBase200 },
  cell: {
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    padding: tokens.spacingHorizontalXS,
    maxWidth: '200px',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    textAlign: 'left',
  },
});

/** The first rows of a table, and how many there are. */
export function TablePreview({ table }: { table: IdentityTable }) {
  const styles = useStyles();
  return (
    <div className={styles.frame} role="group" aria-label="Preview" tabIndex={0}>
      <Text role="status">
        {devicesText(table.count)}
        {table.count > table.first.length && `, of which these are the first ${table.first.length}`}:
      </Text>
      <table className={styles.table}>
        <thead>
          <tr>
            {table.columns.map((column, index) => (
              <th key={index} className={styles.cell} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.first.map((row, index) => (
            <tr key={index}>
              {table.columns.map((_, place) => (
                <td key={place} className={styles.cell}>
                  {row[place] ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
