/** The files of a connector. */
export function ContentPage() {
  return null;
}
