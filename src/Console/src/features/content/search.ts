/** What the address of the list of files holds. */
export interface ContentSearch {
  /** What ids begin with. */
  prefix?: string;
  /** A tag that the files have: `name=value`. */
  tag?: string;
}

/** Reads it; what makes no sense is left out. */
export function contentSearch(search: Record<string, unknown>): ContentSearch {
  const { prefix, tag } = search;
  return {
    ...(typeof prefix === 'string' && prefix !== '' ? { prefix } : {}),
    ...(typeof tag === 'string' && tag !== '' ? { tag } : {}),
  };
}
