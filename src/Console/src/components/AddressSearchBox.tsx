import { SearchBox, type SearchBoxProps } from '@fluentui/react-components';
import type { KeyboardEvent } from 'react';
import { useTextDraft } from './useTextDraft';

interface AddressSearchBoxProps extends Omit<SearchBoxProps, 'value' | 'defaultValue' | 'onChange' | 'onBlur' | 'onKeyDown'> {
  /** The text in the address; empty for none. */
  value: string;
  /** Puts a text there. */
  onSearch: (text: string) => void;
}

/** A box for a search that is kept in the address. It counts when typing pauses, with Enter, when it is left, and when it is emptied by its button. */
export function AddressSearchBox({ value, onSearch, ...box }: AddressSearchBoxProps) {
  const draft = useTextDraft(value, onSearch);
  return (
    <SearchBox
      {...box}
      value={draft.text}
      onChange={(event, data) => (event.type === 'click' ? draft.choose(data.value) : draft.type(data.value))}
      onBlur={draft.flush}
      onKeyDown={({ key }: KeyboardEvent) => key === 'Enter' && draft.flush()}
    />
  );
}
