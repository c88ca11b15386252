/** Lock, credential and expiry of a device. */
export function DeviceSettingsTab() {
  return null;
}
