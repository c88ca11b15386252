/** The list of devices. */
export function DevicesPage() {
  return null;
}
