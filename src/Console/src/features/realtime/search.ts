/** What the address of a live log holds. */
export interface LiveSearch {
  /** Part of what events say. */
  text?: string;
  /** Types that are shown; all when absent. */
  types?: string[];
  /** Part of the identities that are shown. */
  device?: string;
}

/** Reads it; what makes no sense is left out. */
export function liveSearch(search: Record<string, unknown>): LiveSearch {
  const { text, types, device } = search;
  const known = Array.isArray(types) ? types.filter((one) => typeof one === 'string') : [];
  return {
    ...(isText(text) ? { text } : {}),
    ...(known.length > 0 ? { types: known } : {}),
    ...(isText(device) ? { device } : {}),
  };
}

/** Whether it takes anything away. */
export const isFilter = ({ text, types, device }: LiveSearch): boolean => text !== undefined || types !== undefined || device !== undefined;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
