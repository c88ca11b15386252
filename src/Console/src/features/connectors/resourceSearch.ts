/** What the address of the list of resources holds. */
export interface ResourceSearch {
  /** Part of an alias or a unit. */
  q?: string;
  /** Column by which the list is sorted; the alias when absent. */
  sort?: ResourceColumn;
  /** Whether it is sorted downwards. */
  desc?: boolean;
}

const Columns = ['alias', 'unit', 'format', 'allowed', 'settable', 'sync', 'initial'] as const;
export type ResourceColumn = (typeof Columns)[number];

/** Reads it; what makes no sense is left out. */
export function resourceSearch({ q, sort, desc }: Record<string, unknown>): ResourceSearch {
  const column = Columns.find((one) => one === sort);
  return {
    ...(typeof q === 'string' && q !== '' ? { q } : typeof q === 'number' ? { q: String(q) } : {}),
    ...(column === undefined ? {} : { sort: column }),
    ...(desc === true ? { desc } : {}),
  };
}
