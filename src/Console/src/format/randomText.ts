/** Random characters of an alphabet. */
export function randomText(alphabet: string, length: number): string {
  // Alphabets here have 10, 16 or 64 letters; what is over from 256 does not matter.
  return [...crypto.getRandomValues(new Uint8Array(length))].map((byte) => alphabet[byte % alphabet.length] ?? '').join('');
}
