/** The tags of a device. */
export function TagsTab() {
  return null;
}
