/** A text of an address's search; undefined when it is none, or empty. One of digits alone, such as a serial number, comes as a number. */
export const searchText = (value: unknown): string | undefined =>
  (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : undefined;
