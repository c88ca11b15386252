import type { Resource, StateEntry } from '../../api/schema';

/** A value as JSON has it, and as the API shows it. */
export type Value = boolean | number | string;

/** What a value must be. */
export type ValueRules = Pick<Resource, 'format' | 'allowed'>;

/** Largest value, in bytes of UTF-8. */
const MaxValueBytes = 65_536;

// The API has no open ends; no number lies beyond these.
const Most = '1.7976931348623157e308';
const Least = `-${Most}`;

/** The text of a value, as a device reads it. */
export const textOf = (value: Value | undefined): string => (value === undefined ? '' : String(value));

/** A number as the API takes it: decimal, with a point, perhaps with an exponent; no blanks, no separators, no infinity. */
export function numberOf(text: string): number | undefined {
  const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
  return Number.isFinite(number) ? number : undefined;
}

/** An allowed range, both ends included. */
export interface Range {
  /** Lower end; minus infinity where it has none. */
  low: number;
  /** Upper end; infinity where it has none. */
  high: number;
  /** Lower end as it was written; empty where it has none. */
  from: string;
  /** Upper end as it was written; empty where it has none. */
  to: string;
}

/** Reads an allowed value of a number: `7`, `"0:100"` or `"9-11"`, with negative ends too. Undefined when it is none. */
export function rangeOf(entry: Value): Range | undefined {
  const text = textOf(entry);
  const single = numberOf(text);
  if (single !== undefined) {
    return { low: single, high: single, from: text, to: text };
  }

  // The first place at which both sides are numbers: in "-5--1" that is the second minus.
  for (let i = 1; i < text.length - 1; i++) {
    const [from, to] = [text.slice(0, i), text.slice(i + 1)];
    const low = text[i] === ':' || text[i] === '-' ? numberOf(from) : undefined;
    const high = low === undefined ? undefined : numberOf(to);
    if (low !== undefined && high !== undefined) {
      return low <= high ? withOpenEnds({ low, high, from, to }) : undefined;
    }
  }

  return undefined;
}

function withOpenEnds({ low, high, from, to }: Range): Range {
  const [hasLow, hasHigh] = [low > Number(Least), high < Number(Most)];
  return { low: hasLow ? low : -Infinity, high: hasHigh ? high : Infinity, from: hasLow ? from : '', to: hasHigh ? to : '' };
}

/** A range as the API takes it, of texts that are empty for no end. */
export const rangeText = (from: string, to: string): string => `${from || Least}:${to || Most}`;

/** The ranges of a number that can be read. */
export const rangesOf = ({ allowed }: Pick<ValueRules, 'allowed'>): Range[] => allowed.map(rangeOf).filter((range) => range !== undefined);

/** The values to choose from, where there are only single ones; undefined where the value is free or within a range. */
export function choicesOf(rules: ValueRules): string[] | undefined {
  const { format, allowed } = rules;
  if (allowed.length === 0) {
    return format === 'boolean' ? ['true', 'false'] : undefined;
  }

  return format !== 'number' || rangesOf(rules).every(({ low, high }) => low === high) ? allowed.map(textOf) : undefined;
}

/** What is allowed, in words; empty for anything. */
export const allowedText = ({ format, allowed }: ValueRules): string => allowed.map((entry) => entryText(format, entry)).join(', ');

function entryText(format: Resource['format'], entry: Value): string {
  const range = format === 'number' ? rangeOf(entry) : undefined;
  if (range === undefined || range.low === range.high) {
    return textOf(entry) || '""';
  } else if (range.to === '') {
    return range.from === '' ? 'any number' : `at least ${range.from}`;
  }

  return range.from === '' ? `at most ${range.to}` : `${range.from} to ${range.to}`;
}

/** Whether something can stand among the allowed values of a format. */
export function isEntry(format: Resource['format'], entry: Value): boolean {
  const text = textOf(entry);
  return format === 'number' ? rangeOf(entry) !== undefined : format === 'string' || text === 'true' || text === 'false';
}

/** Why a text cannot be a value; empty when it can. */
export function problemOf(rules: ValueRules, text: string): string {
  const { format, allowed } = rules;
  if (new TextEncoder().encode(text).length > MaxValueBytes) {
    return 'A value has at most 64 KB.';
  }

  const number = numberOf(text);
  if (format === 'number' && number === undefined) {
    return text === '' ? 'A number is missing.' : 'This is not a number. Write it with a point and without blanks.';
  } else if (format === 'boolean' && text !== 'true' && text !== 'false') {
    return 'This is neither true nor false.';
  }

  const isAllowed =
    allowed.length === 0 ||
    (format === 'number' && number !== undefined
      ? rangesOf(rules).some(({ low, high }) => low <= number && number <= high)
      : allowed.some((entry) => textOf(entry) === text));
  return isAllowed ? '' : `Allowed: ${allowedText(rules)}.`;
}

/** A text in the type of its format, as the API takes it. What is not of the format stays text, and so does a number whose digits JavaScript would change. */
export function valueOf({ format }: Pick<Resource, 'format'>, text: string): Value {
  if (format === 'boolean' && (text === 'true' || text === 'false')) {
    return text === 'true';
  }

  const number = format === 'number' ? numberOf(text) : undefined;
  return number !== undefined && String(number) === text ? number : text;
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
