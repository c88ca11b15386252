/** Puts a text into the clipboard. */
export async function copyText(text: string): Promise<void> {
  // Over plain http browsers have no clipboard for pages, but for localhost; a selection can be copied everywhere.
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- absent over plain http
  if (navigator.clipboard !== undefined) {
    await navigator.clipboard.writeText(text);
    return;
  }

  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way without a clipboard
  document.execCommand('copy');
  area.remove();
}
