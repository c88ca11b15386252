/** The resources of a connector. */
export function ResourcesPage() {
  return null;
}
