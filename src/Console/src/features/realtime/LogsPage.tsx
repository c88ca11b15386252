/** The live log of a connector. */
export function LogsPage() {
  return null;
}
