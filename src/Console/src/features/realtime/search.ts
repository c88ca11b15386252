/** What the address of a live log holds. */
export interface LiveSearch {
  /** Part of what events say. */
  text?: string;
  /** Types that are shown; all when absent. */
  types?: string[];
}

/** Reads it; what makes no sense is left out. */
export function liveSearch(search: Record<string, unknown>): LiveSearch {
  const { text, types } = search;
  return {
    ...(typeof text === 'string' && text !== '' ? { text } : {}),
    ...(Array.isArray(types) && types.length > 0 ? { types: types.filter((one) => typeof one === 'string') } : {}),
  };
}
