/** How devices may activate. */
export function ProvisioningSection() {
  return null;
}
