/** What identities look like. */
export function IdentityFormatSection() {
  return null;
}
