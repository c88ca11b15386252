/** What the address of the list of devices holds, so that a link or a reload shows the same. */
export interface IdentitySearch {
  /** The filter bar, in the grammar that the API takes. */
  q?: string;
  order?: 'lastseen' | 'identity';
  /** Name of the tag whose values are shown; only devices with it are. */
  tag?: string;
  /** Chosen columns that are not the usual ones: ids, with `value:` in front of resources. */
  show?: string[];
  /** Usual columns that are hidden. */
  hide?: string[];
}

/** Reads it; what makes no sense is left out. */
export function identitySearch(search: Record<string, unknown>): IdentitySearch {
  const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
  const list = (value: unknown): string[] | undefined =>
    Array.isArray(value) && value.length > 0 ? value.filter((one) => typeof one === 'string') : undefined;
  const order = search.order === 'identity' ? 'identity' : undefined;
  return withoutUndefined({
    q: text(search.q),
    order,
    tag: text(search.tag),
    show: list(search.show),
    hide: list(search.hide),
  });
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
const withoutUndefined = <T extends object>(value: T): Defined<T> =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Defined<T>;
