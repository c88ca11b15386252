/** A tag as people type it. */
interface TagPair {
  name: string;
  value: string;
}

/** Reads tags as people type them, `name=value` with a separator between; and what is no such thing. */
export function readPairs(text: string, separator: RegExp): { pairs: TagPair[]; bad: string[] } {
  const pairs: TagPair[] = [];
  const bad: string[] = [];
  for (const part of text.split(separator).map((one) => one.trim())) {
    const at = part.indexOf('=');
    const name = part.slice(0, Math.max(0, at)).trim();
    if (name !== '') {
      pairs.push({ name, value: part.slice(at + 1).trim() });
    } else if (part !== '') {
      bad.push(part);
    }
  }

  return { pairs, bad };
}

/** Tags of a device, one a line. */
export function readTagLines(text: string): { tags: TagPair[]; problem: string } {
  const { pairs, bad } = readPairs(text, /\n/);
  const [wrong = pairs.filter(({ value }) => value === '').map(({ name }) => `${name}=`)[0]] = bad;
  return wrong === undefined ? { tags: pairs, problem: '' } : { tags: [], problem: `This is not name=value: ${wrong}` };
}
