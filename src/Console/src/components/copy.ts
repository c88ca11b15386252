/** Puts a text into the clipboard; an error when the browser does not let the page. */
export async function copyText(text: string): Promise<void> {
  // Over plain http browsers have no clipboard for pages, but for localhost; a selection can be copied everywhere.
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- absent over plain http
  if (navigator.clipboard !== undefined) {
    await navigator.clipboard.writeText(text);
    return;
  }

  const before = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way without a clipboard
  const isDone = document.execCommand('copy');
  area.remove();
  if (before instanceof HTMLElement) {
    before.focus();
  }

  if (!isDone) {
    throw new Error('The browser does not let this page copy. Select the text and copy it yourself.');
  }
}
