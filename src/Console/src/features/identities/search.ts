import { searchText } from '../../format/searchText';

/** What the address of the list of devices holds, so that a link or a reload shows the same. */
export interface IdentitySearch {
  /** The filter bar, in the grammar that the API takes. */
  q?: string | undefined;
  /** Those seen last come first when absent. */
  order?: 'identity' | undefined;
  /** Name of the tag whose values are shown; only devices with it are. */
  tag?: string | undefined;
  /** Chosen columns that are not the usual ones: ids, with `value:` in front of resources. */
  show?: string[] | undefined;
  /** Usual columns that are hidden. */
  hide?: string[] | undefined;
}

/** Reads it; what makes no sense is left out. */
export function identitySearch(search: Record<string, unknown>): IdentitySearch {
  const list = (value: unknown): string[] | undefined => {
    const texts = Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string' && one !== '') : [];
    return texts.length > 0 ? texts : undefined;
  };
  // Each is there, if undefined: what the router knows of the address otherwise shows through.
  return {
    q: searchText(search.q),
    order: search.order === 'identity' ? 'identity' : undefined,
    tag: searchText(search.tag),
    show: list(search.show),
    hide: list(search.hide),
  };
}

/** In front of the alias of a column of values. */
const ValuePrefix = 'value:';

/** Id of the column of a resource's values. */
export const valueColumn = (alias: string): string => ValuePrefix + alias;

/** Aliases whose values are shown. */
export const shownAliases = (search: IdentitySearch): string[] =>
  (search.show ?? [])
    .filter((id) => id.startsWith(ValuePrefix) && id.length > ValuePrefix.length)
    .map((id) => id.slice(ValuePrefix.length));

/** The search with these columns only. */
export function withColumns(search: IdentitySearch, usual: readonly string[], shown: readonly string[]): IdentitySearch {
  return identitySearch({
    ...search,
    show: shown.filter((id) => !usual.includes(id)),
    hide: usual.filter((id) => !shown.includes(id)),
  });
}
