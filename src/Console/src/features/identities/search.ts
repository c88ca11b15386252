import { searchText } from '../../format/searchText';

/** What the address of the list of devices holds, so that a link or a reload shows the same. */
export interface IdentitySearch {
  /** The filter bar, in the grammar that the API takes. */
  q?: string | undefined;
  /** Those seen last come first when absent. */
  order?: 'identity' | undefined;
  /** Name of the tag whose values are shown; only devices with it are. */
  tag?: string | undefined;
  /** Chosen columns that are not the usual ones, which are those of values: ids, with `value:` in front of resources. */
  show?: string[] | undefined;
  /** Usual columns that are hidden. */
  hide?: string[] | undefined;
}

/** In front of the alias of a column of values. */
const ValuePrefix = 'value:';

/** Most columns of values: the API gives no more values with each device. */
export const MostValues = 12;

/** Id of the column of a resource's values. */
export const valueColumn = (alias: string): string => ValuePrefix + alias;

const isValueColumn = (id: string): boolean => id.startsWith(ValuePrefix) && id.length > ValuePrefix.length;

/** Reads it; what makes no sense is left out. */
export function identitySearch(search: Record<string, unknown>): IdentitySearch {
  const list = (value: unknown, isWanted: (text: string) => boolean, most = Infinity): string[] | undefined => {
    const texts = Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string' && isWanted(one)) : [];
    return texts.length > 0 ? [...new Set(texts)].slice(0, most) : undefined;
  };
  // Each is there, if undefined: what the router knows of the address otherwise shows through.
  return {
    q: searchText(search.q),
    order: search.order === 'identity' ? 'identity' : undefined,
    tag: searchText(search.tag),
    show: list(search.show, isValueColumn, MostValues),
    hide: list(search.hide, (id) => id !== ''),
  };
}

/** Aliases whose values are shown. */
export const shownAliases = (search: IdentitySearch): string[] =>
  (search.show ?? []).filter(isValueColumn).map((id) => id.slice(ValuePrefix.length));

/** The search with these columns only. */
export function withColumns(search: IdentitySearch, usual: readonly string[], shown: readonly string[]): IdentitySearch {
  return identitySearch({
    ...search,
    show: shown.filter((id) => !usual.includes(id)),
    hide: usual.filter((id) => !shown.includes(id)),
  });
}
