/** What the address of a job holds. */
interface JobSearch {
  /** Whether only the rows that failed are shown. */
  failed?: true | undefined;
}

/** Reads it; what makes no sense is left out. */
export const jobSearch = ({ failed }: Record<string, unknown>): JobSearch => ({ failed: failed === true ? failed : undefined });
