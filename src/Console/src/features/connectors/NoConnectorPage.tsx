/** For an operator who may see no connector. */
export function NoConnectorPage() {
  return null;
}
