/** How devices prove who they are. */
export function AuthenticationSection() {
  return null;
}
