/** One job, with a result for each row. */
export function JobPage() {
  return null;
}
