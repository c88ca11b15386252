const Units = ['B', 'KB', 'MB', 'GB'];

/** A number of bytes for people; 1 KB = 1024 B. */
export function sizeText(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < Units.length - 1) {
    size /= 1024;
    unit++;
  }

  return `${size < 10 && unit > 0 ? size.toFixed(1) : Math.round(size).toString()} ${Units[unit] ?? ''}`;
}
