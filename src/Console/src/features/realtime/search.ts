import { searchText } from '../../format/searchText';

/** What the address of a live log holds. */
export interface LiveSearch {
  /** Part of what events say. */
  text?: string | undefined;
  /** Types that are shown; all when absent. */
  types?: string[] | undefined;
  /** Part of the identities that are shown. */
  device?: string | undefined;
}

/** Reads it; what makes no sense is left out. */
export function liveSearch(search: Record<string, unknown>): LiveSearch {
  const { text, types, device } = search;
  const known = Array.isArray(types) ? types.filter((one) => typeof one === 'string') : [];
  // Each is there, if undefined: what the router knows of the address otherwise shows through.
  return { text: searchText(text), types: known.length > 0 ? known : undefined, device: searchText(device) };
}

/** Whether it takes anything away. */
export const isFilter = ({ text, types, device }: LiveSearch): boolean => text !== undefined || types !== undefined || device !== undefined;
