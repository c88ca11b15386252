/** API keys. */
export function KeysSection() {
  return null;
}
