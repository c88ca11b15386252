import { own } from '../../../format/own';

/** A word of a filter: `name:value` with a name that the API knows, or text that is about identities. */
interface FilterWord {
  /** Empty for text about identities. */
  name: string;
  value: string;
  /** As it stands in the line. */
  raw: string;
}

/** What may stand in front of a colon, and what behind it; nothing means any text. */
export const FilterNames: Record<string, readonly string[]> = {
  status: ['whitelisted', 'provisioned', 'expired'],
  online: ['yes', 'no'],
  locked: ['yes', 'no'],
  auth: ['token', 'password', 'certificate'],
  devmode: ['yes', 'no'],
  reprovision: ['yes', 'no'],
  tag: [],
  identity: [],
  ip: [],
};

const Synonyms: Record<string, string> = { id: 'identity', ipaddress: 'ip' };

/** The words of a line, as the API reads them; undefined when a quotation mark is missing. */
export function readFilter(line: string): FilterWord[] | undefined {
  const words: FilterWord[] = [];
  let at = 0;
  for (;;) {
    while (at < line.length && /\s/.test(line.charAt(at))) {
      at++;
    }

    if (at === line.length) {
      return words;
    }

    const start = at;
    let text = '';
    let isInside = false;
    for (; at < line.length && (isInside || !/\s/.test(line.charAt(at))); at++) {
      if (line[at] === '"') {
        isInside = !isInside;
      } else {
        if (isInside && line[at] === '\\' && at + 1 < line.length) {
          at++;
        }

        text += line.charAt(at);
      }
    }

    if (isInside) {
      return undefined;
    }

    words.push(wordOf(text, line.slice(start, at)));
  }
}

function wordOf(text: string, raw: string): FilterWord {
  const colon = raw.startsWith('"') ? -1 : text.indexOf(':');
  const given = colon > 0 ? text.slice(0, colon) : '';
  const name = own(Synonyms, given) ?? given;
  return Object.hasOwn(FilterNames, name) ? { name, value: text.slice(colon + 1), raw } : { name: '', value: text, raw };
}

/** A word as it must stand in a line. */
export function writeWord(name: string, value: string): string {
  // Quotation marks at the front would make a word about identities of it; behind the colon they only keep blanks.
  const isPlain = !/[\s"]/.test(value);
  const text = isPlain ? value : `"${value.replace(/[\\"]/g, String.raw`\$&`)}"`;
  return name === '' ? text : `${name}:${text}`;
}

/** The line with the quotation mark at its end that is missing, if one is: so it can be read, and go on. */
export const closed = (line: string): string => [line, `${line}"`, `${line}\\"`].find((one) => readFilter(one) !== undefined) ?? line;

const wordsOf = (line: string): FilterWord[] => readFilter(closed(line)) ?? [];

/** The value of a name in a line; undefined when it is not there. */
export const valueIn = (line: string, name: string): string | undefined => wordsOf(line).find((word) => word.name === name)?.value;

/** The line with another value for a name; undefined takes the name out. */
export function withValue(line: string, name: string, value: string | undefined): string {
  const others = wordsOf(line)
    .filter((word) => word.name !== name)
    .map((word) => word.raw);
  return [...others, ...(value === undefined ? [] : [writeWord(name, value)])].join(' ');
}

const escapeTag = (text: string): string => text.replace(/[\\*]/g, String.raw`\$&`);

/** What asks for a tag: of any value, of one, or of those that begin with a text. */
export function tagWord(name: string, value?: string, isBeginning = false): string {
  const term = escapeTag(name).replace(/[={]/g, String.raw`\$&`);
  return writeWord('tag', value === undefined ? term : `${term}=${escapeTag(value)}${isBeginning ? '*' : ''}`);
}

/**
 * The line for the API. While a tag is chosen, only devices with it are meant, and text that would be about identities is about the beginning of the tag's values.
 */
export function effectiveFilter(line: string, tag: string | undefined): string {
  if (tag === undefined) {
    return line.trim();
  }

  const words = readFilter(line);
  if (words === undefined) {
    return line.trim(); // The API says what is wrong with it.
  }

  const text = words
    .filter((word) => word.name === '')
    .map((word) => word.value)
    .join(' ')
    .replace(/\*+$/, '');
  return [...words.filter((word) => word.name !== '').map((word) => word.raw), text === '' ? tagWord(tag) : tagWord(tag, text, true)].join(
    ' ',
  );
}

/** Whether the API has to look at each device to answer: it costs time where there are many. */
export const isCostly = (line: string): boolean => readFilter(line)?.some(({ name }) => name === 'online' || name === 'ip') ?? false;

/** What could stand in place of the last word, each as a whole line. */
export function suggestionsFor(line: string, tagNames: readonly string[]): string[] {
  const start = line.search(/\S*$/);
  const before = line.slice(0, start);
  const last = line.slice(start);
  const colon = last.indexOf(':');
  if (colon < 0) {
    return Object.keys(FilterNames)
      .filter((name) => name.startsWith(last) && valueIn(before, name) === undefined)
      .map((name) => `${before}${name}:`);
  }

  const name = last.slice(0, colon);
  const value = last.slice(colon + 1);
  const known = name === 'tag' ? tagNames.map((one) => tagWord(one)) : (own(FilterNames, name) ?? []).map((one) => writeWord(name, one));
  return known.filter((word) => word.slice(colon + 1).startsWith(value) && word !== last).map((word) => before + word);
}
