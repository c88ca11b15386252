/** Gives bytes or a text to the browser to save as a file. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Not at once: the browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** The same with a text of a MIME type. */
export const saveText = (name: string, type: string, text: string): void => saveFile(name, new Blob([text], { type }));
