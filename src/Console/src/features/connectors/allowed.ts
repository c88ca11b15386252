import type { Entry, ResourceFormat } from './resources';

/** A range of numbers, both ends included, as texts: what was written stays. */
export interface Range {
  low: string;
  high: string;
}

// The API has no open ends; no number lies beyond these.
const Most = '1.7976931348623157e308';
const Least = `-${Most}`;

const Number_ = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Whether a text is a number as the API reads one: decimal, with a point, perhaps with an exponent. */
export const isNumber = (text: string): boolean => Number_.test(text) && Number.isFinite(Number(text));

/** Reads an allowed value of a number: `7`, `"0:100"`, `"9-11"`; undefined when it is none. */
export function rangeOf(entry: Entry): Range | undefined {
  const text = String(entry);
  if (isNumber(text)) {
    return { low: text, high: text };
  }

  // The first place at which both sides are numbers: in "-5--1" that is the second minus.
  for (let i = 1; i < text.length - 1; i++) {
    const low = text.slice(0, i);
    const high = text.slice(i + 1);
    if (/[:-]/.test(text[i] ?? '') && isNumber(low) && isNumber(high)) {
      return Number(low) <= Number(high) ? { low, high } : undefined;
    }
  }

  return undefined;
}

const isOpen = (end: string): boolean => Math.abs(Number(end)) >= Number(Most);

/** An allowed value in words. */
export function entryText(format: ResourceFormat, entry: Entry): string {
  const range = format === 'number' ? rangeOf(entry) : undefined;
  if (range === undefined || range.low === range.high) {
    return String(entry);
  } else if (isOpen(range.high)) {
    return isOpen(range.low) ? 'any number' : `at least ${range.low}`;
  }

  return isOpen(range.low) ? `at most ${range.high}` : `${range.low} to ${range.high}`;
}

/** How allowed values are edited: not at all, as one range, or as a list with a value in each line. */
export type AllowedKind = 'any' | 'range' | 'list';

/** Allowed values while they are edited. */
export interface AllowedDraft {
  kind: AllowedKind;
  /** Ends of the range; empty = open. */
  low: string;
  high: string;
  list: string;
}

/** Allowed values as they are edited. */
export function draftOf(format: ResourceFormat, allowed: readonly Entry[]): AllowedDraft {
  const draft: AllowedDraft = { kind: 'any', low: '', high: '', list: allowed.map(lineOf).join('\n') };
  const [only, ...others] = allowed;
  const range = only !== undefined && others.length === 0 && format === 'number' ? rangeOf(only) : undefined;
  if (range !== undefined && range.low !== range.high) {
    return { ...draft, kind: 'range', low: isOpen(range.low) ? '' : range.low, high: isOpen(range.high) ? '' : range.high };
  }

  return { ...draft, kind: allowed.length === 0 ? 'any' : 'list' };
}

/** The allowed values that a draft means. Texts that cannot be are left in, for whoever judges them. */
export function allowedOf(format: ResourceFormat, draft: AllowedDraft): Entry[] {
  if (draft.kind === 'any') {
    return [];
  } else if (draft.kind === 'range' && format === 'number') {
    const low = draft.low.trim();
    const high = draft.high.trim();
    return low === '' && high === '' ? [] : [`${low || Least}:${high || Most}`];
  }

  return draft.list
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => typedLine(format, textOf(line)));
}

// A text that a line of its own would change is written as JSON has it.
const lineOf = (entry: Entry): string => {
  const text = String(entry);
  return text === '' || text.trim() !== text || text.startsWith('"') || /\p{Cc}/u.test(text) ? JSON.stringify(text) : text;
};

function textOf(line: string): string {
  const text = line.trim();
  if (text.startsWith('"')) {
    try {
      const value: unknown = JSON.parse(text);
      return typeof value === 'string' ? value : text;
    } catch {
      return text;
    }
  }

  return text;
}

function typedLine(format: ResourceFormat, text: string): Entry {
  if (format === 'boolean' && (text === 'true' || text === 'false')) {
    return text === 'true';
  }

  return format === 'number' && String(Number(text)) === text ? Number(text) : text;
}
