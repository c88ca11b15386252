/** Protocol, endpoint name and developer mode. */
export function ProtocolSection() {
  return null;
}
