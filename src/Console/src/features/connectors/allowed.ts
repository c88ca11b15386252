import { rangeOf, rangeText, valueOf, type Value } from '../state/values';
import type { ResourceFormat } from './resources';

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
export function draftOf(format: ResourceFormat, allowed: readonly Value[]): AllowedDraft {
  const draft: AllowedDraft = { kind: 'any', low: '', high: '', list: allowed.map(lineOf).join('\n') };
  const [only, ...others] = allowed;
  const range = only !== undefined && others.length === 0 && format === 'number' ? rangeOf(only) : undefined;
  if (range !== undefined && range.low !== range.high) {
    return { ...draft, kind: 'range', low: range.from, high: range.to };
  }

  return { ...draft, kind: allowed.length === 0 ? 'any' : 'list' };
}

/** The allowed values that a draft means. Texts that cannot be are left in, for whoever judges them. */
export function allowedOf(format: ResourceFormat, draft: AllowedDraft): Value[] {
  if (draft.kind === 'any') {
    return [];
  } else if (draft.kind === 'range' && format === 'number') {
    const low = draft.low.trim();
    const high = draft.high.trim();
    return low === '' && high === '' ? [] : [rangeText(low, high)];
  }

  return draft.list
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => valueOf({ format }, textOfLine(line)));
}

// A text that a line of its own would change is written as JSON has it.
const lineOf = (entry: Value): string => {
  const text = String(entry);
  return text === '' || text.trim() !== text || text.startsWith('"') || /\p{Cc}/u.test(text) ? JSON.stringify(text) : text;
};

function textOfLine(line: string): string {
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
