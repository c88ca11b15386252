import type { Resource, State, StateEntry } from '../../api/schema';
import { own } from '../../format/own';
import { momentsOf as shownMoments, type LiveEvent } from '../realtime/liveFeed';
import { standingOf, textOf, type Value } from './values';

/** What of an event is about values. */
export type ValueEvent = Pick<LiveEvent, 'type' | 'timestamp' | 'payload'>;

/** One moment of an event's values. */
interface Moment {
  /** Microseconds since the Unix epoch; never later than the event. */
  timestamp: number;
  values: Record<string, Value>;
}

/** The moments of an event; none when it tells of no values. */
export const momentsOf = (event: ValueEvent): Moment[] =>
  shownMoments(event).map(({ timestamp, values }) => ({
    // A device may record a time to come. It counts as now, as in storage.
    timestamp: Math.min(timestamp, event.timestamp),
    values: Object.fromEntries(Object.entries(values).filter((entry): entry is [string, Value] => isValue(entry[1]))),
  }));

const isValue = (value: unknown): value is Value => ['boolean', 'number', 'string'].includes(typeof value);

/** What was read, but for values of which something newer is known already. */
export function forward(known: State, read: State): State {
  return Object.fromEntries(
    Object.entries(read).map(([alias, entry]) => {
      const before = own(known, alias);
      return [alias, before !== undefined && before.timestamp > entry.timestamp ? before : entry];
    }),
  );
}

/** Values after a live event. It moves a value forward only: what is older than what is known changes nothing. */
export function withEvent(state: State, event: ValueEvent, resources: Readonly<Record<string, Resource>>): State {
  let after = state;
  for (const { timestamp, values } of momentsOf(event)) {
    for (const [alias, value] of Object.entries(values)) {
      const resource = own(resources, alias);
      const before = own(after, alias);
      if (resource !== undefined && timestamp >= (before?.timestamp ?? 0)) {
        const entry = event.type === 'data_in' ? reported(resource, before, value, timestamp) : set(resource, before, value, timestamp);
        after = { ...after, [alias]: entry };
      }
    }
  }

  return after;
}

function reported(resource: Resource, before: StateEntry | undefined, value: Value, timestamp: number): StateEntry {
  if (!resource.settable) {
    return { reported: value, timestamp, reportedAt: timestamp };
  }

  // A report of another value may end the command or not; only the app can tell, and is asked soon after.
  const command = standingOf(resource, before) === 'pending' && textOf(before?.set) !== textOf(value) ? before : undefined;
  return { set: value, ...command, reported: value, timestamp, reportedAt: timestamp };
}

function set(resource: Resource, before: StateEntry | undefined, value: Value, timestamp: number): StateEntry {
  if (!resource.settable) {
    return before ?? { timestamp };
  }

  return resource.sync
    ? { ...before, set: value, timestamp, setAt: timestamp }
    : { reported: value, set: value, timestamp, reportedAt: timestamp };
}
