/** An event as it came. */
interface RawEvent {
  type: string;
  timestamp: number;
  count?: number | null;
  sender?: string;
  n?: number;
}

/**
 * Counts what was lost between the app and this page. The first event of each message has the name of its sender and its number among all that the
 * sender had to show; what the sender lost itself is in the count, as a `dropped` that stands for several.
 */
export class GapCounter {
  readonly #next = new Map<string, number>();

  /** How many events are known to be lost on the way. */
  missed = 0;

  /** Takes a message: one event, or several in order. Returns those that are new. */
  take(data: unknown): readonly RawEvent[] {
    const events = [data].flat().filter(isEvent);
    const { sender, n } = events[0] ?? {};
    if (sender === undefined || n === undefined) {
      return events;
    }

    // Counting begins with the first message that is seen of a sender.
    const gap = n - (this.#next.get(sender) ?? n);
    if (gap < 0) {
      return [];
    }

    this.missed += gap;
    this.#next.set(
      sender,
      events.reduce((sum, event) => sum + (event.type === 'dropped' ? (event.count ?? 0) : 1), n),
    );
    return events;
  }
}

function isEvent(value: unknown): value is RawEvent {
  return typeof value === 'object' && value !== null && typeof (value as Partial<RawEvent>).type === 'string';
}
