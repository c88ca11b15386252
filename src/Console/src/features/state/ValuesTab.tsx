/** The values of a device. */
export function ValuesTab() {
  return null;
}
