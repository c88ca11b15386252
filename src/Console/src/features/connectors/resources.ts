import type { Resource } from '../../api/schema';
import { entryText, isNumber, rangeOf } from './allowed';

export type { Resource };
export type ResourceFormat = Resource['format'];
/** A value as JSON has it. */
export type Entry = string | number | boolean;

/** A resource with its alias. */
export interface NamedResource extends Resource {
  alias: string;
}

export const MaxResources = 999;
const MaxAliasLength = 480;
const MaxUnitLength = 200;
const MaxAllowed = 500;
const MaxDefinition = 8_000;
const MaxValueBytes = 65_536;

const Bytes = new TextEncoder();

/** The resources of a connector in order of their aliases. */
export const listResources = (resources: Record<string, Resource>): NamedResource[] =>
  Object.entries(resources)
    .map(([alias, resource]) => ({ ...resource, alias }))
    .sort((one, two) => (one.alias < two.alias ? -1 : 1));

/** Why a text cannot be an alias; undefined when it can. */
export function aliasProblem(alias: string): string | undefined {
  if (alias === '') {
    return 'An alias is needed.';
  } else if (/[.$]/.test(alias)) {
    return 'An alias has neither a dot nor a dollar sign.';
  } else if (/\p{Cc}|\p{Cs}|%2F/iu.test(alias)) {
    return 'An alias has no control characters, and no "%2F".';
  }

  // In storage each byte but these takes three characters.
  const length = [...Bytes.encode(alias)].reduce((sum, byte) => sum + (/[\w:@-]/.test(String.fromCharCode(byte)) ? 1 : 3), 0);
  return length > MaxAliasLength
    ? `An alias has at most ${MaxAliasLength} letters and digits; other characters count three to twelve.`
    : undefined;
}

/** What is wrong with which field of a definition. */
export interface ResourceProblems {
  unit?: string;
  allowed?: string;
  initial?: string;
  whole?: string;
}

/** What the API would refuse of a definition. */
export function resourceProblems(resource: Resource): ResourceProblems {
  const { format, unit, allowed, settable, initial } = resource;
  const problems: ResourceProblems = {};
  if (unit.length > MaxUnitLength) {
    problems.unit = `A unit has at most ${MaxUnitLength} characters.`;
  }

  const bad = allowed.find((entry) => !isEntry(format, entry));
  if (allowed.length > MaxAllowed) {
    problems.allowed = `There are at most ${MaxAllowed} allowed values.`;
  } else if (bad !== undefined) {
    problems.allowed =
      format === 'number'
        ? `"${String(bad)}" is neither a number nor a range such as 0:100, the lower end first.`
        : `"${String(bad)}" is neither true nor false.`;
  }

  if (initial !== undefined) {
    const text = String(initial);
    if (!settable) {
      problems.initial = 'Only a resource that the cloud may modify has an initial value.';
    } else if (Bytes.encode(text).length > MaxValueBytes) {
      problems.initial = 'A value has at most 64 KB.';
    } else if (!isOfFormat(format, text)) {
      problems.initial = format === 'number' ? 'This is not a number.' : 'A boolean is true or false.';
    } else if (problems.allowed === undefined && !isAllowed(resource, text)) {
      problems.initial = 'This is not among the allowed values.';
    }
  }

  if (Object.keys(problems).length === 0 && JSON.stringify(resource).length > MaxDefinition) {
    problems.whole = `A definition has at most ${MaxDefinition} characters.`;
  }

  return problems;
}

/** Whether a text can be a value of a format. */
export const isOfFormat = (format: ResourceFormat, text: string): boolean =>
  format === 'number' ? isNumber(text) : format === 'boolean' ? text === 'true' || text === 'false' : true;

/** Whether a text is among the allowed values. */
export function isAllowed({ format, allowed }: Pick<Resource, 'format' | 'allowed'>, text: string): boolean {
  if (allowed.length === 0) {
    return true;
  }

  if (format !== 'number') {
    return allowed.some((entry) => String(entry) === text);
  }

  const number = Number(text);
  return allowed.some((entry) => {
    const range = rangeOf(entry);
    return range !== undefined && number >= Number(range.low) && number <= Number(range.high);
  });
}

function isEntry(format: ResourceFormat, entry: Entry): boolean {
  if (format === 'number') {
    return rangeOf(entry) !== undefined;
  }

  return format === 'string' || String(entry) === 'true' || String(entry) === 'false';
}

/** A value in the type of its format, as the API shows it. A number that a browser could not keep stays text. */
export function typed(format: ResourceFormat, text: string): Entry {
  if (format === 'boolean' && (text === 'true' || text === 'false')) {
    return text === 'true';
  }

  return format === 'number' && String(Number(text)) === text ? Number(text) : text;
}

/** The allowed values in words. */
export function allowedText({ format, allowed }: Pick<Resource, 'format' | 'allowed'>): string {
  return allowed.length === 0 ? 'anything' : allowed.map((entry) => entryText(format, entry)).join(', ');
}

/** Whether two definitions say the same. */
export const isSame = (one: Resource, two: Resource): boolean => canonical(one) === canonical(two);

const canonical = (resource: Resource): string => JSON.stringify(Object.entries(resource).sort(([one], [two]) => (one < two ? -1 : 1)));
