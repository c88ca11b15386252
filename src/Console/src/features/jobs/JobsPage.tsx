/** The jobs of a connector. */
export function JobsPage() {
  return null;
}
