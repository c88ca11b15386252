/** The text of a file that somebody chose or dropped; a sentence where it cannot be read. */
export async function readText(file: File): Promise<{ text: string } | { problem: string }> {
  try {
    return { text: await file.text() };
  } catch {
    // What the browser says of it depends on the browser; these are the reasons there are.
    return { problem: `${file.name} cannot be read. It may be a folder, or a file that was changed or removed after it was chosen.` };
  }
}
