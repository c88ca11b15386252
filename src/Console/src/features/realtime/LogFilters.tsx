import { Button, Dropdown, makeStyles, Option, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { AddressSearchBox } from '../../components/AddressSearchBox';
import { EventTypes, typeText } from './eventText';
import { isFilter, type LiveSearch } from './search';

const useStyles = makeStyles({
  filters: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, alignItems: 'center' },
  field: { minWidth: 0, width: '220px', maxWidth: '100%' },
});

interface LogFiltersProps {
  search: LiveSearch;
  /** Changes the parts of it that are given; what is empty shows all. */
  onSearch: (change: LiveSearch) => void;
  /** Whether several devices are watched. */
  hasDevice: boolean;
}

/** Which events are shown. All are kept, whatever is shown. */
export function LogFilters({ search, onSearch, hasDevice }: LogFiltersProps) {
  const styles = useStyles();
  const { types = [], text = '', device = '' } = search;
  // The boxes begin anew when all is shown: what was typed last has not reached the address yet.
  const [round, setRound] = useState(0);
  const showAll = () => {
    setRound(round + 1);
    onSearch({ text: undefined, types: undefined, device: undefined });
  };

  return (
    <div className={styles.filters} role="search" aria-label="Events">
      {hasDevice && (
        <AddressSearchBox
          key={`device ${round}`}
          className={styles.field}
          placeholder="Device"
          aria-label="Device"
          value={device}
          onSearch={(next) => onSearch({ device: next })}
        />
      )}
      <Dropdown
        className={styles.field}
        multiselect
        placeholder="All types"
        aria-label="Types"
        value={types.map(typeText).join(', ')}
        selectedOptions={types}
        onOptionSelect={(_, { selectedOptions }) => onSearch({ types: selectedOptions })}
      >
        {Object.entries(EventTypes).map(([type, word]) => (
          <Option key={type} value={type}>
            {word}
          </Option>
        ))}
      </Dropdown>
      <AddressSearchBox
        key={`text ${round}`}
        className={styles.field}
        placeholder="Text"
        aria-label="Text"
        value={text}
        onSearch={(next) => onSearch({ text: next })}
      />
      {isFilter(search) && (
        <Button appearance="subtle" onClick={showAll}>
          Show all
        </Button>
      )}
    </div>
  );
}
