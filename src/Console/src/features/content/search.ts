import { searchText } from '../../format/searchText';

/** What the address of the list of files holds. */
export interface ContentSearch {
  /** What ids begin with. */
  prefix?: string | undefined;
  /** A tag that the files have: `name=value`. */
  tag?: string | undefined;
}

/** Reads it; what makes no sense is left out. */
export function contentSearch(search: Record<string, unknown>): ContentSearch {
  const { prefix, tag } = search;
  // Each is there, if undefined: what the router knows of the address otherwise shows through.
  return { prefix: searchText(prefix), tag: searchText(tag) };
}
