import { Button, Dropdown, makeStyles, Option, SearchBox, tokens } from '@fluentui/react-components';
import { EventTypes, typeText } from './eventText';
import { isFilter, liveSearch, type LiveSearch } from './search';

const useStyles = makeStyles({
  filters: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, alignItems: 'center' },
  field: { minWidth: 0, width: '220px', maxWidth: '100%' },
});

interface LogFiltersProps {
  search: LiveSearch;
  onSearch: (search: LiveSearch) => void;
  /** Whether several devices are watched. */
  hasDevice: boolean;
}

/** Which events are shown. All are kept, whatever is shown. */
export function LogFilters({ search, onSearch, hasDevice }: LogFiltersProps) {
  const styles = useStyles();
  const { types = [], text = '', device = '' } = search;
  // What is empty is left out.
  const change = (part: Record<string, unknown>) => onSearch(liveSearch({ ...search, ...part }));

  return (
    <div className={styles.filters} role="search" aria-label="Events">
      {hasDevice && (
        <SearchBox
          className={styles.field}
          placeholder="Device"
          aria-label="Device"
          value={device}
          onChange={(_, { value }) => change({ device: value })}
        />
      )}
      <Dropdown
        className={styles.field}
        multiselect
        placeholder="All types"
        aria-label="Types"
        value={types.map(typeText).join(', ')}
        selectedOptions={types}
        onOptionSelect={(_, { selectedOptions }) => change({ types: selectedOptions })}
      >
        {Object.entries(EventTypes).map(([type, word]) => (
          <Option key={type} value={type}>
            {word}
          </Option>
        ))}
      </Dropdown>
      <SearchBox
        className={styles.field}
        placeholder="Text"
        aria-label="Text"
        value={text}
        onChange={(_, { value }) => change({ text: value })}
      />
      {isFilter(search) && (
        <Button appearance="subtle" onClick={() => onSearch({})}>
          Show all
        </Button>
      )}
    </div>
  );
}
