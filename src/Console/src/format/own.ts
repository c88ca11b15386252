/** What a record holds under a name that others chose: `constructor` and its like are not in it unless somebody put them there. */
export const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;
