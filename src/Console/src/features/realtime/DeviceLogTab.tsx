/** The live log of a device. */
export function DeviceLogTab() {
  return null;
}
