import { LineCounter, parseDocument, stringify, visit } from 'yaml';
import type { Value } from '../state/values';
import { aliasProblem, isSame, MaxResources, resourceProblems, type Resource } from './resources';

/** Largest file that is read, in characters. All resources that a connector may have need a fifth of it at most in practice. */
export const MaxYamlLength = 8_500_000;

/** Something that cannot be, where it stands in the file. */
export interface YamlProblem {
  /** Line of the file from 1; 0 when it is about all of it. */
  line: number;
  alias: string;
  message: string;
}

/** A file of resources: either what it holds, or what is wrong with it. */
export interface YamlResources {
  resources: Map<string, Resource>;
  problems: YamlProblem[];
}

const Known = new Set(['alias', 'format', 'unit', 'settable', 'allowed', 'sync', 'initial']);

/** Reads `specs/resources.yaml` of the murano command line: a map of definitions by alias. */
export function readYaml(text: string): YamlResources {
  const whole = (message: string, line = 0): YamlResources => ({ resources: new Map(), problems: [{ line, alias: '', message }] });
  if (text.length > MaxYamlLength) {
    return whole('The file is too large to be a list of resources.');
  } else if (text.includes('\0')) {
    return whole('This is not a text file.');
  }

  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    schema: 'core',
    uniqueKeys: true,
    strict: true,
    merge: false,
    logLevel: 'error',
  });
  const [error] = document.errors;
  if (error !== undefined) {
    return whole(yamlSentence(error.code, error.message), error.linePos?.[0].line ?? 0);
  }

  // A few lines of references can stand for gigabytes; the command line writes none.
  let reference: number | undefined;
  visit(document, {
    Alias: (_, node) => {
      reference ??= lines.linePos(node.range?.[0] ?? 0).line;
      return visit.BREAK;
    },
  });
  if (reference !== undefined) {
    return whole('References (*) are not taken. Write each definition out.', reference);
  }

  const content: unknown = document.toJS({ mapAsMap: true, maxAliasCount: 0 });
  if (content === null) {
    return { resources: new Map(), problems: [] };
  } else if (!(content instanceof Map)) {
    return whole('The file must be a map of definitions by alias.');
  } else if (content.size > MaxResources) {
    return whole(`A connector has at most ${MaxResources} resources; the file has ${content.size}.`);
  }

  const resources = new Map<string, Resource>();
  const problems: YamlProblem[] = [];
  const places = placesOf(document.contents, lines);
  [...(content as Map<unknown, unknown>)].forEach(([key, value], index) => {
    const alias = String(key);
    const { resource, messages } = readDefinition(alias, value);
    problems.push(...messages.map((message) => ({ line: places[index] ?? 0, alias, message })));
    if (resource !== undefined && resources.has(alias)) {
      problems.push({ line: places[index] ?? 0, alias, message: 'The alias is there twice.' });
    } else if (resource !== undefined) {
      resources.set(alias, resource);
    }
  });
  return { resources, problems };
}

function yamlSentence(code: string, message: string): string {
  return code === 'DUPLICATE_KEY'
    ? 'A name is there twice.'
    : `This is not YAML: ${message
        .split('\n', 1)
        .join('')
        .replace(/ at line.*$/, '')}.`;
}

function placesOf(contents: unknown, lines: LineCounter): number[] {
  const items = (contents as { items?: { key?: { range?: [number, number, number] } }[] } | null)?.items ?? [];
  return items.map(({ key }) => lines.linePos(key?.range?.[0] ?? 0).line);
}

function readDefinition(alias: string, value: unknown): { resource?: Resource; messages: string[] } {
  const messages: string[] = [];
  const problem = aliasProblem(alias);
  if (problem !== undefined) {
    return { messages: [problem] };
  } else if (!(value instanceof Map)) {
    return { messages: ['A definition must be a map of fields.'] };
  }

  const fields = new Map([...(value as Map<unknown, unknown>)].map(([name, field]) => [String(name), field]));
  const unknown = [...fields.keys()].filter((name) => !Known.has(name));
  if (unknown.length > 0) {
    messages.push(`There is no field ${unknown.map((name) => `"${name}"`).join(', ')}.`);
  }

  const take = <T>(name: string, fits: (field: unknown) => field is T, absent: T, wanted: string): T => {
    const field = fields.get(name);
    if (field === undefined || field === null) {
      return absent;
    } else if (fits(field)) {
      return field;
    }

    messages.push(`${name} must be ${wanted}.`);
    return absent;
  };

  const resource: Resource = {
    format: take('format', isFormat, 'string', 'number, string or boolean'),
    unit: take('unit', isText, '', 'a text'),
    settable: take('settable', isFlag, false, 'true or false'),
    allowed: take('allowed', isList, [], 'a list of texts, numbers and booleans'),
    sync: take('sync', isFlag, true, 'true or false'),
  };
  const initial = fields.get('initial');
  if (initial !== undefined && initial !== null) {
    if (isEntry(initial)) {
      resource.initial = initial;
    } else {
      messages.push('initial must be a text, a number or a boolean.');
    }
  }

  messages.push(...(messages.length > 0 ? [] : Object.values(resourceProblems(resource) as Record<string, string>)));
  return messages.length > 0 ? { messages } : { resource, messages };
}

const isText = (field: unknown): field is string => typeof field === 'string';
const isFlag = (field: unknown): field is boolean => typeof field === 'boolean';
const isFormat = (field: unknown): field is Resource['format'] => field === 'number' || field === 'string' || field === 'boolean';
const isEntry = (field: unknown): field is Value =>
  typeof field === 'string' || typeof field === 'boolean' || (typeof field === 'number' && Number.isFinite(field));
const isList = (field: unknown): field is Value[] => Array.isArray(field) && field.every(isEntry);

/** Writes `specs/resources.yaml` as the murano command line does: by alias, fields in order of their names, what is usual left out. */
export function writeYaml(resources: Iterable<[string, Resource]>): string {
  const map = new Map(
    [...resources]
      .sort(([one], [two]) => (one < two ? -1 : 1))
      .map(([alias, { format, unit, settable, allowed, sync, initial }]) => [
        alias,
        { allowed, format, ...(initial === undefined ? {} : { initial }), settable, ...(sync ? {} : { sync }), unit },
      ]),
  );
  return `---\n${map.size === 0 ? '{}\n' : stringify(map, { schema: 'core', compat: 'yaml-1.1', lineWidth: 0, aliasDuplicateObjects: false })}`;
}

/** What an import does to one alias. */
export interface YamlChange {
  alias: string;
  what: 'added' | 'changed' | 'deleted' | 'unchanged';
}

/** What an import does, and what is there afterwards. */
export function planImport(
  present: ReadonlyMap<string, Resource>,
  file: ReadonlyMap<string, Resource>,
  replace: boolean,
): { changes: YamlChange[]; after: Map<string, Resource> } {
  const after = new Map(replace ? [] : present);
  const changes: YamlChange[] = [];
  for (const [alias, resource] of file) {
    const before = present.get(alias);
    // What the file does not know of a definition stays.
    const merged = before === undefined ? resource : withRest(resource, before);
    after.set(alias, merged);
    changes.push({ alias, what: before === undefined ? 'added' : isSame(before, merged) ? 'unchanged' : 'changed' });
  }

  if (replace) {
    changes.push(...[...present.keys()].filter((alias) => !file.has(alias)).map((alias) => ({ alias, what: 'deleted' as const })));
  }

  return { changes: changes.sort((one, two) => (one.alias < two.alias ? -1 : 1)), after };
}

function withRest(resource: Resource, before: Resource): Resource {
  const rest = Object.entries(before).filter(([name]) => !Known.has(name));
  return { ...(Object.fromEntries(rest) as object), ...resource };
}
