import type { Resource, State } from '../../api/schema';
import { own } from '../../format/own';
import { momentsOf, type ValueEvent } from './forward';
import { Series } from './series';
import { numberOf, textOf, type Value } from './values';

const MaxPoints = 600;
const MaxAliases = 200;

/** A value that the device wrote under a name. */
export interface SeenValue {
  value: Value;
  /** Microseconds since the Unix epoch. */
  timestamp: number;
}

/** What was seen of a device's values since its page was opened. Nothing of it is stored anywhere; there is an end to what is kept. */
export class SeenValues {
  readonly #reported = new Map<string, SeenValue>();
  readonly #set = new Map<string, SeenValue>();
  readonly #series = new Map<string, Series>();
  readonly #listeners = new Set<() => void>();
  #version = 0;

  /** @param opened When the page was opened, in microseconds since the Unix epoch. */
  constructor(private readonly opened: number = Date.now() * 1_000) {}

  /** Rises with each change. */
  readonly version = (): number => this.#version;

  /** For React: hears of changes. */
  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** When the cloud was last seen to set a value; undefined when it was not. */
  setAt = (alias: string): number | undefined => this.#set.get(alias)?.timestamp;

  /** The numbers that were reported under a name; undefined when there were none. */
  series = (alias: string): Series | undefined => this.#series.get(alias);

  /** These numbers for a chart, the oldest first. One from before the page was opened stands where that was: it was so then, for however long. */
  points(alias: string): ReturnType<Series['read']> {
    const { times, values } = this.#series.get(alias)?.read() ?? { times: [], values: [] };
    const [first, second] = times;
    if (first !== undefined && second !== undefined) {
      // The clock here may be ahead of the app's; times only rise.
      times[0] = Math.max(first, Math.min(this.opened, second));
    }

    return { times, values };
  }

  /** What the device wrote under names that are no resources. */
  undefinedOf(resources: Readonly<Record<string, Resource>>): [string, SeenValue][] {
    return [...this.#reported].filter(([alias]) => !Object.hasOwn(resources, alias)).sort(([one], [other]) => one.localeCompare(other));
  }

  /** Takes in what happened. */
  noteEvents(events: readonly ValueEvent[]): void {
    for (const event of events) {
      const side = event.type === 'data_in' ? this.#reported : this.#set;
      for (const { timestamp, values } of momentsOf(event)) {
        for (const [alias, value] of Object.entries(values)) {
          note(side, alias, { value, timestamp });
          if (event.type === 'data_in') {
            this.#point(alias, value, timestamp);
          }
        }
      }
    }

    this.#changed();
  }

  /** Takes in what the app says, for where there is no live log. */
  noteState(state: State, resources: Readonly<Record<string, Resource>>): void {
    for (const [alias, entry] of Object.entries(state)) {
      if (own(resources, alias) !== undefined && entry.reported !== undefined && entry.reportedAt !== undefined) {
        this.#point(alias, entry.reported, entry.reportedAt);
      }
    }

    this.#changed();
  }

  #point(alias: string, value: Value, timestamp: number): void {
    const number = numberOf(textOf(value));
    if (number === undefined || timestamp === 0) {
      return;
    }

    let series = this.#series.get(alias);
    if (series === undefined && this.#series.size < MaxAliases) {
      series = new Series(MaxPoints);
      this.#series.set(alias, series);
    }

    series?.push(timestamp, number);
  }

  #changed(): void {
    this.#version++;
    this.#listeners.forEach((listener) => listener());
  }
}

function note(side: Map<string, SeenValue>, alias: string, seen: SeenValue): void {
  const before = side.get(alias);
  if (before === undefined ? side.size < MaxAliases : before.timestamp <= seen.timestamp) {
    side.set(alias, seen);
  }
}
