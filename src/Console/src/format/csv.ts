/** A field of a table (RFC 4180). */
export const csvField = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The same for what others say: a spreadsheet would run what looks like a formula. */
export const csvText = (text: string): string => csvField(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/** A table of what others say, below the names of its columns. */
export const csvTable = (columns: readonly string[], rows: readonly (readonly string[])[]): string =>
  [columns.join(','), ...rows.map((row) => row.map(csvText).join(',')), ''].join('\r\n');
