import type { LiveEvent } from './liveEvent';
import type { LiveSearch } from './search';

/** Tells which events are wanted. Letters count the same in either case. What it once said of an event it remembers, as the same ones are asked for again and again. */
export function eventFilter({ text, types, device }: LiveSearch): (event: LiveEvent) => boolean {
  const wanted = types === undefined ? undefined : new Set(types);
  const part = device?.toLowerCase();
  const words = text?.toLowerCase();
  const known = new WeakMap<LiveEvent, boolean>();
  const says = (event: LiveEvent): boolean =>
    (wanted === undefined || wanted.has(event.type)) &&
    (part === undefined || (event.identity?.toLowerCase().includes(part) ?? false)) &&
    (words === undefined || textOf(event).toLowerCase().includes(words));

  return (event) => {
    let answer = known.get(event);
    if (answer === undefined) {
      answer = says(event);
      known.set(event, answer);
    }

    return answer;
  };
}

/** An event as it came, on one line. */
export const textOf = (event: LiveEvent): string => JSON.stringify(asItCame(event));

/** An event without what this page needs to tell them apart; as JSON, what is undefined is not there. */
export const asItCame = (event: LiveEvent): object => ({ ...event, key: undefined });
