import { searchText } from '../../format/searchText';

/** What the address of a device's values holds. */
interface ValuesSearch {
  /** Part of the aliases that are shown. */
  alias?: string | undefined;
}

/** Reads it; what makes no sense is left out. It is there, if undefined: what the router knows of the address otherwise shows through. */
export const valuesSearch = ({ alias }: Record<string, unknown>): ValuesSearch => ({ alias: searchText(alias) });
