import { searchText } from '../../format/searchText';

/** What the address of the list of resources holds. */
interface ResourceSearch {
  /** Part of an alias or a unit. */
  q?: string | undefined;
  /** Column by which the list is sorted; the alias when absent. */
  sort?: ResourceColumn | undefined;
  /** Whether it is sorted downwards. */
  desc?: true | undefined;
}

const Columns = ['alias', 'unit', 'format', 'allowed', 'settable', 'sync', 'initial'] as const;
type ResourceColumn = (typeof Columns)[number];

/** Reads it; what makes no sense is left out. */
export function resourceSearch({ q, sort, desc }: Record<string, unknown>): ResourceSearch {
  // Each is there, if undefined: what the router knows of the address otherwise shows through.
  return {
    q: searchText(q),
    sort: Columns.find((one) => one === sort),
    desc: desc === true ? desc : undefined,
  };
}
