/** Reads tags as people type them, one a line: `name=value`. */
export function readTags(text: string): { tags: { name: string; value: string }[]; problem: string } {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const tags = lines.map((line) => {
    const at = line.indexOf('=');
    return { name: line.slice(0, at).trim(), value: line.slice(at + 1).trim() };
  });
  const bad = lines.find((line, index) => !line.includes('=') || tags[index]?.name === '' || tags[index]?.value === '');
  return bad === undefined ? { tags, problem: '' } : { tags: [], problem: `This is not name=value: ${bad}` };
}
