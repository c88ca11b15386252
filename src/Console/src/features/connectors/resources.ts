import type { Resource } from '../../api/schema';
import { isEntry, problemOf } from '../state/values';

export type { Resource };
export type ResourceFormat = Resource['format'];

/** A resource with its alias. */
export interface NamedResource extends Resource {
  alias: string;
}

export const MaxResources = 999;
const MaxAliasLength = 480;
const MaxUnitLength = 200;
const MaxAllowed = 500;
const MaxDefinition = 8_000;

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
interface ResourceProblems {
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
    const problem = settable
      ? problemOf({ format, allowed: problems.allowed === undefined ? allowed : [] }, String(initial))
      : 'Only a resource that the cloud may modify has an initial value.';
    if (problem !== '') {
      problems.initial = problem;
    }
  }

  if (Object.keys(problems).length === 0 && JSON.stringify(resource).length > MaxDefinition) {
    problems.whole = `A definition has at most ${MaxDefinition} characters.`;
  }

  return problems;
}

/** Whether two definitions say the same. */
export const isSame = (one: Resource, two: Resource): boolean => canonical(one) === canonical(two);

const canonical = (resource: Resource): string => JSON.stringify(Object.entries(resource).sort(([one], [two]) => (one < two ? -1 : 1)));
