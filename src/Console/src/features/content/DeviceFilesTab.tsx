/** The files that a device uploaded. */
export function DeviceFilesTab() {
  return null;
}
