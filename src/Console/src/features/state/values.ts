import type { Resource, StateEntry } from '../../api/schema';

/** A value as the API shows it. */
export type Value = boolean | number | string;

/** Largest value, in bytes of UTF-8. */
export const MaxValueBytes = 65_536;

/** The text of a value, as a device reads it. */
export const textOf = (value: Value | undefined): string => (value === undefined ? '' : String(value));

/** A decimal number as the API takes it: no blanks, no separators, no infinity. */
export function numberOf(text: string): number | undefined {
  const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
  return Number.isFinite(number) ? number : undefined;
}

/** An allowed range, both ends included. */
export interface Range {
  low: number;
  high: number;
}

/** Reads an allowed value of a number: `7`, `"0:100"` or `"9-11"`, with negative ends too. */
export function rangeOf(entry: Value): Range | undefined {
  const text = textOf(entry);
  const single = numberOf(text);
  if (single !== undefined) {
    return { low: single, high: single };
  }

  // The first place at which both sides are numbers: in "-5--1" that is the second minus.
  for (let i = 1; i < text.length - 1; i++) {
    const low = text[i] === ':' || text[i] === '-' ? numberOf(text.slice(0, i)) : undefined;
    const high = low === undefined ? undefined : numberOf(text.slice(i + 1));
    if (low !== undefined && high !== undefined) {
      return low <= high ? { low, high } : undefined;
    }
  }

  return undefined;
}

/** The ranges of a number that can be read. */
export const rangesOf = ({ allowed }: Pick<Resource, 'allowed'>): Range[] => allowed.map(rangeOf).filter((range) => range !== undefined);

/** The values to choose from, where there are only single ones; undefined where the value is free or within a range. */
export function choicesOf(resource: Pick<Resource, 'format' | 'allowed'>): string[] | undefined {
  const { format, allowed } = resource;
  if (allowed.length === 0) {
    return format === 'boolean' ? ['true', 'false'] : undefined;
  }

  return format !== 'number' || rangesOf(resource).every(({ low, high }) => low === high) ? allowed.map(textOf) : undefined;
}

/** What is allowed, in words; empty for anything. */
export function allowedText({ format, allowed }: Pick<Resource, 'format' | 'allowed'>): string {
  return allowed
    .map((entry) => {
      const range = format === 'number' ? rangeOf(entry) : undefined;
      return range === undefined || range.low === range.high ? textOf(entry) : `${range.low} to ${range.high}`;
    })
    .join(', ');
}

/** Why a text cannot be the value of a resource; empty when it can. */
export function problemOf(resource: Pick<Resource, 'format' | 'allowed'>, text: string): string {
  const { format, allowed } = resource;
  if (new TextEncoder().encode(text).length > MaxValueBytes) {
    return 'A value has at most 64 KB.';
  }

  if (format === 'number') {
    const number = numberOf(text);
    if (number === undefined) {
      return text === '' ? 'A number is missing.' : 'This is not a number. Write it with a point and without blanks.';
    }

    const isWithin = allowed.length === 0 || rangesOf(resource).some(({ low, high }) => low <= number && number <= high);
    return isWithin ? '' : `Allowed: ${allowedText(resource)}.`;
  }

  if (format === 'boolean' && text !== 'true' && text !== 'false') {
    return 'This is neither true nor false.';
  }

  return allowed.length === 0 || allowed.some((entry) => textOf(entry) === text) ? '' : `Allowed: ${allowedText(resource)}.`;
}

/** A text as the API takes it. A number whose digits JavaScript would change stays text, which the API takes too. */
export function valueOf({ format }: Pick<Resource, 'format'>, text: string): Value {
  const number = format === 'number' ? numberOf(text) : undefined;
  return format === 'boolean' ? text === 'true' : number !== undefined && String(number) === text ? number : text;
}

/**
 * Where the two sides of a value stand. The cloud's value is pending until the device has written the same, or another one that goes before it; what a
 * resource begins with is nobody's command.
 */
export function standingOf(
  resource: Pick<Resource, 'settable' | 'sync'>,
  entry: StateEntry | undefined,
): 'none' | 'initial' | 'pending' | 'agreed' {
  if (!resource.settable || entry?.set === undefined) {
    return 'none';
  }

  if (entry.reported === undefined) {
    return entry.timestamp === 0 ? 'initial' : resource.sync ? 'pending' : 'agreed';
  }

  return resource.sync && textOf(entry.set) !== textOf(entry.reported) ? 'pending' : 'agreed';
}

/** What format a text most likely is of. */
export const guessFormat = (text: string): Resource['format'] =>
  numberOf(text) !== undefined ? 'number' : text === 'true' || text === 'false' ? 'boolean' : 'string';
