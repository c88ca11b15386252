/** Events to code of one's own. */
export function EventsSection() {
  return null;
}
